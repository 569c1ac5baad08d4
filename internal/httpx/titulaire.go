package httpx

import (
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/postgres/sessions"
)

// Contenu reads what the pages write in a session, for the store that keeps it.
type Contenu struct{}

// Titulaire reads who holds a session.
func (Contenu) Titulaire(data []byte) (t sessions.Titulaire) {
	_, values, err := codec{}.Decode(data)
	if err != nil {
		return t
	}
	text := func(name string) string { s, _ := values[name].(string); return s }
	t.ID, _ = uuid.Parse(text(keyID))
	t.Compte, _ = uuid.Parse(text(keyCompte))
	t.OuverteLe, _ = time.Parse(time.RFC3339, text(keyOpened))
	t.VueLe, _ = time.Parse(time.RFC3339, text(keySeen))
	t.Adresse, t.Navigateur = text(keyLieu), text(keyOutil)
	return t
}

// Terminee writes a session that holds nothing but why it ended.
func (Contenu) Terminee(par string) []byte {
	data, _ := codec{}.Encode(time.Now().Add(sessionLife), map[string]any{keyFin: par}) // a text: it cannot fail
	return data
}

// Navigateur names the browser of a request.
func Navigateur(r *http.Request) string { return navigateur(r.UserAgent()) }

// navigateur names a browser and its system, as one recognises one's own: nothing more of it is kept. A name stands
// before those that its header also bears.
func navigateur(agent string) string {
	find := func(names [][2]string) string {
		for _, n := range names {
			if strings.Contains(agent, n[0]) {
				return n[1]
			}
		}
		return ""
	}
	outil := find([][2]string{
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"Edg", "Edge"}, {"OPR/", "Opera"}, {"Chrome/", "Chrome"},
		{"CriOS/", "Chrome"}, {"Safari/", "Safari"},
	})
	if outil == "" {
		return "Navigateur inconnu"
	}
	systeme := find([][2]string{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Macintosh", "Mac"},
		{"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	})
	if systeme == "" {
		return outil
	}
	return outil + " sur " + systeme
}
