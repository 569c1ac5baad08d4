package resilience_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/net/html"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/fixture"
)

const pathNouvelle = "/inscriptions/nouvelle"

// enfant is the form by which a mairie inscribes a child of eight. It says that homonyms are other children, so that
// nothing but the sending itself keeps a second one from being made.
func enfant(prenom, jeton string, today time.Time) url.Values {
	return url.Values{
		"jeton": {jeton}, "confirmer_nouveau": {"true"},
		"nom_famille": {"Duprat"}, "prenom": {prenom}, "sexe": {"F"}, "commune_naissance": {"65000 tarbes"},
		"date_naissance": {today.AddDate(-8, 0, 0).Format("02/01/2006")}, "voie": {"3 rue des Fossés"}, "commune": {"tarbes"},
		"responsable.0.nom_famille": {"Duprat"}, "responsable.0.prenom": {"Jean"}, "responsable.0.lien": {"pere"},
		"responsable.0.autorite_parentale": {"true"}, "responsable.0.meme_adresse": {"true"},
		"annee": {strconv.Itoa(int(ecole.AnneeDe(today)))}, "ecole_uai": {fixture.Ecole},
		"date_inscription": {today.Format("02/01/2006")},
	}
}

// prenom is the nth of a series of first names: no digit may be in one.
func prenom(n int) string {
	letters := []byte("Zoé ")
	for ; n > 0; n /= 26 {
		letters = append(letters, byte('a'+n%26))
	}
	return strings.TrimSpace(string(letters))
}

// untilAnswered sends until the answer is not « service indisponible », as somebody patient does.
func untilAnswered(send func() fixture.Reponse) fixture.Reponse {
	for {
		got := send()
		if got.Code != http.StatusServiceUnavailable {
			return got
		}
		time.Sleep(pause)
	}
}

// count counts the rows that a condition finds, behind the curtain.
func count(t *testing.T, dsn, from string, args ...any) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), `select count(*) from `+from, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", from, err)
	}
	return n
}

// fields are what a browser would send of the form of a page that goes to action, "" for the page's own address.
func fields(t *testing.T, page, action string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && attr(n, "method") == "post" && attr(n, "action") == action {
			return inputs(n)
		}
	}
	t.Fatalf("no form to %q in the page", action)
	return nil
}

func inputs(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		switch name := attr(n, "name"); {
		case name == "" || n.Data == "button":
		case n.Data == "select":
			values.Add(name, selected(n))
		case attr(n, "type") == "checkbox" || attr(n, "type") == "radio":
			if has(n, "checked") {
				values.Add(name, attr(n, "value"))
			}
		default:
			values.Add(name, attr(n, "value"))
		}
	}
	return values
}

func selected(list *html.Node) (value string) {
	for n := range list.Descendants() {
		if n.Data == "option" && has(n, "selected") {
			return attr(n, "value")
		}
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
