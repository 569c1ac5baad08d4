package modele

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// fautes are what a broken transition could leave, each told by its invariant. Where a constraint of the base would
// refuse it, the constraint is taken away first: the invariant is not the constraint.
var fautes = map[string]string{
	"une admission définitive à la fois": `alter table scolarite drop constraint une_seule_admission_definitive_a_la_fois;
		update scolarite set eleve_id = (select eleve_id from scolarite where ecole_uai = '0659001F' limit 1) where ecole_uai = '0659002G'`,
	"les dates se suivent": `alter table scolarite drop constraint effet_puis_admission_puis_radiation;
		update scolarite set date_effet = date_admission + 1 where date_admission is not null`,
	"les dates sont de l’année": `update scolarite set fin_annee = fin_annee - 1`,
	"la classe est de l’école, de l’année et du niveau": `alter table scolarite drop constraint classe_qui_ouvre_le_niveau;
		update scolarite set niveau = 'CM2' where classe_id is not null`,
	"la période ouverte est celle de la classe":                           `update affectation set fin = debut`,
	"l’inscription suivie d’une admission le dit":                         `update inscription set etat = 'inscrit' where ecole_uai = '0659001F'`,
	"l’école de la scolarité est celle de l’inscription":                  `update inscription set annee = 2027`,
	"un passage est de sa scolarité, et sa suite de l’année d’après":      `update passage set annee = 2027`,
	"une libération est d’un élève, d’une école à une autre":              `update liberation set demandeur_uai = ecole_uai`,
	"un transfert accepté est attendu dans l’école qui reçoit":            `update transfert set annee = 2025`,
	"un départ de plusieurs est de leur école":                            `update depart set ecole_uai = '0659101P'`,
	"une répartition place dans les classes de son école et de son année": `update scenario set annee = 2025`,
	"une publication déplace des élèves que son scénario place":           `delete from scenario_place`,
	"un élève a un seul collège à une rentrée": `drop index une_affectation_6e_par_eleve;
		update affectation_6e set etat = 'affecte', remplace_lot = null`,
	"qui change de collège en a un autre du même acte":                                          `update affectation_6e set annee = 2026 where etat = 'affecte'`,
	"qui a été admis a un INE, ou l’attend":                                                     `delete from immatriculation`,
	"un enfant instruit ailleurs l’est d’une façon à la fois, dans le département de son école": `update rattachement set departement_code = '32'`,
	"personne ne disparaît": `insert into eleve (id, mairie_insee, tenu_par, nom_famille, prenom, sexe, date_naissance, ne_etranger, cree_le)
		values (gen_random_uuid(), '65440', 'mairie', 'Perdu', 'Paul', 'M', '2019-01-01', true, now())`,
	"un dossier est dans une école où l’enfant est connu": `update eleve set ecole_uai = '0329001B'`,
	"la base": `update eleve set tenu_par = 'mairie'`,
}

// The control of verifier: it says nothing of a sound world, and names each fault that is planted in it.
func TestVerifierSeesEveryFault(t *testing.T) {
	x := nouvelEssai(t)
	x.repartir(t, `savepoint sequence`)
	x.jour = rentree(2026)
	s := x.arriver(t, "directeur")
	x.affecterA(t, s, fixture.CE1)
	x.notifier(t, s)
	x.reclamer(t, x.arriver(t, "directeur voisin"), "directeur du même")
	x.ceder(t, x.arriver(t, "directeur"), "directeur voisin")
	x.partirEnsemble(t, s, x.jour.AddDate(0, 0, 20))
	other := x.arriverEn(t, "directeur", "CE1")
	x.publierPour(t, x.projeter(t, other, fixture.CE1))
	sortant := x.arriverEn(t, "directeur", "CM2")
	x.envoyer(t, sortant, fixture.College)
	x.envoyer(t, sortant, fixture.CollegeVoisin)
	x.instruire(t, other.de)
	if said := x.verifier(); said != "" {
		t.Fatal(said)
	}
	if len(fautes) != len(invariants)+1 {
		t.Errorf("%d faults for %d invariants", len(fautes), len(invariants))
	}
	for nom, sql := range fautes {
		x.exec(t, `savepoint faute`)
		x.exec(t, sql)
		if said := x.verifier(); !strings.HasPrefix(said, nom) {
			t.Errorf("%s: said %q", nom, said)
		}
		x.exec(t, `rollback to savepoint faute`)
	}
}

func (x *essai) exec(t *testing.T, sql string) {
	t.Helper()
	if _, err := x.Tx.Exec(t.Context(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// temoin keeps what a trial would have failed of.
type temoin struct {
	rapid.TB
	said string
}

func (w *temoin) Fatalf(format string, args ...any) { w.said = fmt.Sprintf(format, args...) }

// The control of jouer: a transition that does what the model refuses, refuses what it allows or breaks down is caught,
// and so is one that forgets the half of its work.
func TestJouerSeesABrokenTransition(t *testing.T) {
	x := nouvelEssai(t)
	x.repartir(t, `savepoint sequence`)
	x.jour = rentree(2026)
	x.arriver(t, "directeur")
	no := func(context.Context, territoire.Tx, habilitation.Agent) error { return refusal.InConflict("Non.") }
	yes := func(context.Context, territoire.Tx, habilitation.Agent) error { return nil }
	lost := func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		_, err := tx.Exec(ctx, `select from nulle_part`)
		return err
	}
	for _, tt := range []struct {
		motif string
		act   acte
		want  string
	}{
		{"", yes, ""}, {"la règle", no, ""}, // the controls of the control
		{"la règle", yes, "fait, mais le modèle refuse: la règle"}, {"", no, "refusé, mais le modèle accepte: Non."}, {"", lost, "nulle_part"},
	} {
		w := &temoin{TB: t}
		if x.jouer(w, "essai", "directeur", tt.motif, tt.act); !strings.Contains(w.said, tt.want) || (tt.want == "") != (w.said == "") {
			t.Errorf("%q: said %q", tt.want, w.said)
		}
	}
	// A radiation that the base takes, and the model does not see.
	x.jouer(t, "radier", "directeur", "", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		_, err := tx.Exec(ctx, `update scolarite set etat = 'radie', date_radiation = $1, motif_radiation = 'demenagement'`, x.jour)
		return err
	})
	if said := x.verifier(); !strings.Contains(said, "radie") {
		t.Errorf("said %q", said)
	}
}
