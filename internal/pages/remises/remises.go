// Package remises hands the pupils of 6e to the program of their collège: it brings its token, reads them page by page,
// goes on where a cut stopped it, and acknowledges each once. No person comes here; a person has package entrants.
//
// A page holds the pupils who follow a cursor, in the order of their numbers. The same cursor gives the same pupils until
// they are acknowledged; those assigned meanwhile come after. What a program has read and not stored is so read again.
package remises

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// Pages serves /api/6e.
type Pages struct{ *httpx.Site }

// Register lists the routes; {annee} is the rentrée, 2027 for 2027-2028.
func (p Pages) Register(rt httpx.Router) {
	rt.Machine(http.MethodGet, "/api/6e/{annee}/eleves", habilitation.RecevoirEntrants, p.eleves)
	rt.Machine(http.MethodPost, "/api/6e/{annee}/accuse", habilitation.RecevoirEntrants, p.accuse)
}

// How many pupils a page holds, unless the program asks for fewer or more.
const (
	parPage    = 50
	parPageMax = 200
)

// page is what a call answers. Suivant is the cursor of the next page, "" on the last one.
type page struct {
	College string  `json:"college"`
	Rentree int     `json:"rentree"`
	Envoi   int     `json:"envoi"`
	Eleves  []eleve `json:"eleves"`
	Suivant string  `json:"suivant,omitempty"`
}

func (p Pages) eleves(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	annee, err := rentree(r)
	if err != nil {
		return err
	}
	apres, err := lireCurseur(r.URL.Query().Get("curseur"))
	if err != nil {
		return err
	}
	limit, err := limite(r.URL.Query().Get("limite"))
	if err != nil {
		return err
	}
	var all sixieme.Entrants
	if err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		all.Queue(l, agent, annee, sixieme.Programme, apres, limit)
	}); err != nil {
		return err
	}
	if all.Envoi == 0 {
		return sixieme.ErrFermee
	}
	out := page{College: all.College, Rentree: int(annee), Envoi: all.Envoi, Eleves: eleves(all)}
	if n := len(all.Eleves); n == limit {
		out.Suivant = curseur(all.Eleves[n-1].Numero)
	}
	return sendPage(w, out)
}

// sendPage sends a page with its digest (RFC 9530): a page that a proxy cut or changed is known for one.
func sendPage(w http.ResponseWriter, out page) error {
	b, err := json.Marshal(out)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	w.Header().Set("Repr-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":")
	return httpx.JSON(w, http.StatusOK, "application/json", json.RawMessage(b))
}

// accusesMax is how many pupils one acknowledgement names.
const accusesMax = 1000

// recu is what a program acknowledges, by the "id" of each pupil.
type recu struct {
	Eleves []uuid.UUID `json:"eleves"`
}

// accuse answers the pupils that this call acknowledged, and those it did not: acknowledged before, or not the collège's.
// The same call made again changes nothing.
func (p Pages) accuse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	annee, err := rentree(r)
	if err != nil {
		return err
	}
	var asked recu
	if err := httpx.ReadJSON(r, &asked); err != nil {
		return err
	}
	if len(asked.Eleves) == 0 || len(asked.Eleves) > accusesMax {
		return refusal.Of("", "Accusez réception d’un élève au moins, de "+strconv.Itoa(accusesMax)+" au plus.")
	}
	var done, recus []uuid.UUID
	err = p.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) (err error) {
		if done, err = sixieme.Accuser(r.Context(), tx, agent, annee, asked.Eleves, 0); err != nil {
			return err
		}
		recus, err = sixieme.Recus(r.Context(), tx, annee, asked.Eleves) // after: another call may have done it meanwhile
		return err
	})
	if err != nil {
		return err
	}
	return httpx.JSON(w, http.StatusOK, "application/json", map[string][]uuid.UUID{
		"accuses": others(done, nil), "deja": others(recus, done), "inconnus": others(asked.Eleves, recus),
	})
}

// others are those of a list that another does not have; never nil, which JSON would not write as a list.
func others(all, known []uuid.UUID) []uuid.UUID {
	rest := []uuid.UUID{}
	for _, id := range all {
		if !slices.Contains(known, id) {
			rest = append(rest, id)
		}
	}
	return rest
}

func rentree(r *http.Request) (ecole.Annee, error) {
	annee, err := ecole.ParseAnnee(chi.URLParam(r, "annee"))
	if err != nil {
		return 0, refusal.NotFound()
	}
	return annee, nil
}

func limite(s string) (int, error) {
	if s == "" {
		return parPage, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > parPageMax {
		return 0, refusal.Of("", "La limite va de 1 à "+strconv.Itoa(parPageMax)+".")
	}
	return n, nil
}

// A cursor is opaque to programs, so that what it holds may change: the number of the last pupil read.
const debutCurseur = "n1:"

func curseur(numero int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(debutCurseur + strconv.Itoa(numero)))
}

func lireCurseur(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if digits, ok := strings.CutPrefix(string(b), debutCurseur); err == nil && ok {
		if n, err := strconv.Atoi(digits); err == nil && n >= 0 {
			return n, nil
		}
	}
	return 0, refusal.Of("", "Ce curseur n’en est pas un\u00a0: reprenez celui de la page précédente, tel quel.")
}
