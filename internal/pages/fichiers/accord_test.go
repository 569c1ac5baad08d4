package fichiers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// The names of a département leave when a second person of its services has agreed, never before; the journal has both
// (security.md ACL-11). Nobody else may be the second person: not the asker, not another département, no school.
func TestTwoPersons(t *testing.T) {
	m := monde(t)
	file := demander(m)
	m.Fabriquer()
	if got := m.Get("ia", file+"/contenu"); got.Code != http.StatusUnprocessableEntity || etat(m) != "a_approuver" {
		t.Errorf("before: %d, %s", got.Code, etat(m))
	}
	for agent, code := range map[string]int{
		"ia": http.StatusUnprocessableEntity, "ia voisine": http.StatusNotFound, "service voisin": http.StatusNotFound,
		"directeur": http.StatusForbidden, "mairie": http.StatusForbidden, "ien": http.StatusForbidden,
	} {
		if got := accorder(m, agent, file, "oui"); got.Code != code || etat(m) != "a_approuver" {
			t.Errorf("%s decides: %d, want %d; %s", agent, got.Code, code, etat(m))
		}
	}
	if list := m.Get("service", "/fichiers").Body; !strings.Contains(list, "Hautes-Pyrénées (Identité)") || !strings.Contains(list, "Approuver") {
		t.Errorf("the service is not asked:\n%s", list)
	}
	if list := m.Get("ia", "/fichiers").Body; strings.Contains(list, ">Approuver<") {
		t.Error("the asker is offered to approve")
	}
	if got := accorder(m, "service", file, "oui"); got.Code != http.StatusSeeOther {
		t.Fatalf("the service agrees: %d", got.Code)
	}
	m.Fabriquer()
	for agent, code := range map[string]int{"service": http.StatusForbidden, "ia voisine": http.StatusNotFound, "directeur": http.StatusNotFound} {
		if got := m.Get(agent, file+"/contenu"); got.Code != code {
			t.Errorf("%s takes the file: %d, want %d", agent, got.Code, code)
		}
	}
	if got := m.Get("ia", file+"/contenu"); got.Code != http.StatusOK || !strings.Contains(got.Body, "Lina") {
		t.Errorf("after: %d", got.Code)
	}
	if got := accorder(m, "service", file, "non"); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("decided twice: %d", got.Code)
	}
	if got := actes(m); got != "ia demander_fichier, service approuver_sortie, ia extraire, ia telecharger_fichier" {
		t.Errorf("journal: %s", got)
	}
}

// What is refused is never made, and says by whom.
func TestRefused(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "non")
	m.Fabriquer()
	if page := m.Get("ia", file); !strings.Contains(page.Body, "Nadia Castex a refusé cette demande.") || etat(m) != "refuse" {
		t.Errorf("%s\n%s", etat(m), page.Body)
	}
	if got := actes(m); got != "ia demander_fichier, service refuser_sortie" {
		t.Errorf("journal: %s", got)
	}
}

// The base has the last word: no server begins what waits for a second person, and nobody agrees by himself.
func TestTheBaseWantsTwoPersons(t *testing.T) {
	m := monde(t)
	demander(m)
	for _, sql := range []string{
		`update travail set etat = 'attente'`, `update travail set etat = 'pret'`,
		`update travail set decide_par = compte_id`, `select 1 / (decider_travail(id, true, 'x', now(), now()))::int from travail`,
	} {
		err := m.DB.Ecrire(t.Context(), m.Agent("ia").Portee(), func(tx territoire.Tx) error {
			_, err := tx.Exec(t.Context(), sql)
			return err
		})
		if err == nil || etat(m) != "a_approuver" {
			t.Errorf("%s: %v, %s", sql, err, etat(m))
		}
	}
	for _, tt := range []struct {
		nature    travail.Nature
		perimetre string
	}{
		{travail.Extraction, ""}, {travail.Extraction, "circonscription:0651044G"}, {travail.Extraction, "commune:65440"},
		{travail.Extraction, "ecole:0650001A"}, {travail.ENT, ""}, {travail.ENT, "ecole:0650001A"}, {travail.Papier, ""},
	} {
		for _, agent := range []string{"ia", "ien", "mairie", "directeur"} {
			m.Essayer(func() {
				m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
					_, err := travail.Demander(ctx, tx, a, travail.Demande{Nature: tt.nature, Perimetre: tt.perimetre, Titre: "Essai"})
					return err
				})
				base := fixture.Valeur[bool](m, `select a_deux from travail where titre = 'Essai'`)
				if said := travail.ADeux(m.Agent(agent).Role, tt.nature, tt.perimetre); said != base {
					t.Errorf("%s %v: the program says %v, the base %v", agent, tt, said, base)
				}
			})
		}
	}
}
