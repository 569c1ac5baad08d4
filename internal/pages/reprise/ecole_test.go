package reprise_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/fixture"
)

// A take-over is made of a school larger than any of France, on the connections of the service and under their limits:
// its pupils, then their parents; the same files again change nothing; both operations are undone.
func TestWholeSchool(t *testing.T) {
	const pupils = 1_500
	m, dsn := fixture.NewClone(t)
	look, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = look.Close(context.Background()) })
	present := func() (s string) {
		err := look.QueryRow(t.Context(), `select concat_ws(' ', (select count(*) from eleve where etat = 'actif'),
			(select count(*) from scolarite where etat = 'admis_definitif' and classe_id is not null), (select count(*) from lien_responsable),
			(select count(*) from adresse where ecoles = '{0659001F}'), (select count(*) from classe where libelle_court like 'Classe%'))`).Scan(&s)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := present()
	eleves, parents := ecoleEntiere(pupils)
	first := reprendreLocal(t, m, eleves, nil)
	civilite := url.Values{"liens": {"civilite"}}
	second := reprendreLocal(t, m, parents, civilite)
	if got, want := present(), fmt.Sprintf("%d %d %d %d 60", pupils, pupils, 2*pupils, pupils/3); got != want {
		t.Errorf("taken over: %s, want %s", got, want)
	}
	for content, more := range map[string]url.Values{eleves: nil, parents: civilite} {
		if _, body, form := apercu(t, m, content, more); form != nil || !strings.Contains(body, "Ce fichier ne change rien") {
			t.Errorf("the same file again changes something: %.300s", body)
		}
	}
	for _, path := range []string{second, first} {
		if got := m.Post("directeur", path+"/annuler", url.Values{"version": {"1"}}); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	after := strings.Fields(present())
	after[3] = "0" // homes of the files entered by mistake stay with them
	if got := strings.Join(after, " "); got != before {
		t.Errorf("undone: %s, want %s", got, before)
	}
}

// ecoleEntiere are the two files of a school: families of three at one home, thirty pupils in a class.
func ecoleEntiere(pupils int) (eleves, parents string) {
	var e, p strings.Builder
	e.WriteString(titres)
	p.WriteString(responsables[:strings.Index(responsables, "\r\n")+2])
	for i := range pupils {
		nom, prenom := "FAMILLE"+lettres(i/3), "Enfant"+lettres(i)
		home := fmt.Sprintf("%d rue du Bourg;65000;Tarbes;FRANCE", i/3+1)
		class := fmt.Sprintf("Classe %d", i%60+1)
		fmt.Fprintf(&e, "%s;;%s;2018-%02d-%02d;F;;%s;;;;;CYCLE II;CE1;%s;%d;Oui;Oui;Oui;\r\n", nom, prenom, i%12+1, i%28+1, home, class, i%60+1000)
		for j, who := range []string{"MME;;%s;Mère", "M.;;%s;Père"} {
			fmt.Fprintf(&p, who+";%s;;;;;06%08d;;%s;%s;%s;;;;\r\n", nom, home, 2*(i/3)+j, nom, prenom, class)
		}
	}
	return e.String(), p.String()
}

// lettres writes a number without digits, which names have none of.
func lettres(n int) string {
	s := ""
	for ; n > 0; n /= 26 {
		s = string(rune('a'+n%26)) + s
	}
	return "a" + s
}

// reprendreLocal takes a file over on a clone, where one looks at the base by another way.
func reprendreLocal(t *testing.T, m *fixture.Monde, content string, more url.Values) string {
	t.Helper()
	path, body, form := apercu(t, m, content, more)
	got := m.Post("directeur", path+"/appliquer", form)
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s\n%.2000s", got.Code, got.Body, body)
	}
	return got.Header.Get("Location")
}
