package modele

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/depart"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	loi "base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/scolarite"
	sorties "base-eleves/internal/domain/sixieme"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// What the sequences once found is told here as a story, so that it is tried each time.

// A school that still has the pupil does not see the line of the one that expects him: it may not take him over all the
// same. The control: once that school has given up, it may.
func TestReprendreUnEnfantAttenduAilleurs(t *testing.T) {
	x := nouvelEssai(t)
	x.repartir(t, `savepoint sequence`)
	x.jour = rentree(2026)
	e := x.arriver(t, "directeur").de
	effet := rentree(2027)
	reprendre := func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		c, err := eleve.FindConnu(ctx, tx, e.id, fixture.Lina(e.prenom).Identite)
		if err == nil {
			_, err = scolarite.Reprendre(ctx, tx, a, c, scolarite.Directe{Niveau: ecole.CE2, Effet: effet})
		}
		return err
	}
	x.jouer(t, "reprendre", "directeur voisin", "", reprendre)
	x.jouer(t, "reprendre", "directeur", "une école l’attend", reprendre)
	x.jouer(t, "ne viendra pas", "directeur voisin", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		id := x.id(t, `select id from inscription where annee = 2027`)
		return scolarite.Abandonner(ctx, tx, a, id, 0, inscription.MotifsAnnulation[0].Code)
	})
	x.jouer(t, "reprendre", "directeur", "", reprendre)
}

// A pupil who came this morning and leaves next month is not expected again. The control: he who stays is.
func TestDepointerUnDepartAnnonce(t *testing.T) {
	for nom, leaves := range map[string]string{"il reste": "", "il part": "son départ est annoncé"} {
		t.Run(nom, func(t *testing.T) {
			x := nouvelEssai(t)
			x.repartir(t, `savepoint sequence`)
			x.jour = rentree(2026)
			s := x.arriver(t, "directeur")
			if leaves != "" {
				x.jouer(t, "radier", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
					return scolarite.Radier(ctx, tx, a, s.id, 0, scolarite.Depart{Le: x.jour.Add(30 * 24 * time.Hour), Motif: "demenagement"})
				})
			}
			x.jouer(t, "dépointer", "directeur", leaves, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				return scolarite.Depointer(ctx, tx, a, s.id, 0)
			})
		})
	}
}

// A departure of last year, noted late, leaves the class of this year as it is.
func TestRadierDeLAnneePasseeGardeLaClasse(t *testing.T) {
	x, s := annonce(t)
	next := x.suite(t, s)
	x.affecterA(t, next, classe2027)
	x.jour = rentree(2027)
	x.jouer(t, "pointer présent", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.PointerPresent(ctx, tx, a, next.id, 0)
	})
	next.admettre(x.jour)
	x.partirLe(t, s, fin(2026))
	if said := x.verifier(); said != "" {
		t.Fatal(said)
	}
}

// A departure taken back gives the place of that day back, though the class of the next year had changed twice on one
// day; none, when the pupil had just left his class. The control: the class that did not change.
func TestRetablirRendLaDernierePlace(t *testing.T) {
	for nom, places := range map[string][]uuid.UUID{
		"une classe": {classe2027}, "deux fois le même jour": {classe2027, bis2027}, "et de nouveau": {classe2027, bis2027, classe2027},
		"sans classe": {classe2027, bis2027, uuid.Nil},
	} {
		t.Run(nom, func(t *testing.T) {
			x, s := annonce(t)
			next := x.suite(t, s)
			for _, id := range places {
				x.affecterA(t, next, id)
			}
			x.partirLe(t, s, x.jour.AddDate(0, 0, 20))
			x.rester(t, s)
			if said := x.verifier(); said != "" {
				t.Fatal(said)
			}
		})
	}
}

// A decision corrected while the departure is announced holds for the year that is opened again.
func TestCorrigerPendantUnDepartAnnonce(t *testing.T) {
	for decision, want := range map[string]string{"passage": "admis_accepte CE2", "maintien": "admis_accepte CE1"} {
		t.Run(decision, func(t *testing.T) {
			x, s := annonce(t)
			next := x.suite(t, s)
			x.affecterA(t, next, classe2027)
			x.partirLe(t, s, x.jour.AddDate(0, 0, 20))
			before := s.passage.choix
			x.jouer(t, "suivre un passage", "directeur", "", x.faire(s.id, loi.EtapeCorriger, decision, time.Time{}))
			s.passage.choix = s.choix(decision)
			s.reporter(before)
			x.rester(t, s)
			if said := x.verifier(); said != "" || next.etat+" "+next.niveau != want {
				t.Errorf("%s %s %s", said, next.etat, next.niveau)
			}
		})
	}
}

// A pupil who begins CM2 again in another département is assigned there: the IA of the school that he has left says no,
// and the collège that he had is not taken from him. The control: the other IA assigns him.
func TestAffecterUnDossierPartiAilleurs(t *testing.T) {
	x := nouvelEssai(t)
	x.repartir(t, `savepoint sequence`)
	x.jour = rentree(2026)
	s := x.arriverEn(t, "directeur", "CM2")
	x.envoyer(t, s, fixture.College)
	x.jour = rentree(2027)
	var i uuid.UUID
	x.jouer(t, "reprendre", "directeur lointain", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		c, err := eleve.FindConnu(ctx, tx, s.de.id, fixture.Lina(s.de.prenom).Identite)
		if err == nil {
			i, err = scolarite.Reprendre(ctx, tx, a, c, scolarite.Directe{Niveau: ecole.CM2, Effet: x.jour})
		}
		if err == nil {
			err = scolarite.Admettre(ctx, tx, a, i, 0, x.jour)
		}
		return err
	})
	assign := func(annee ecole.Annee) acte {
		return func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			_, _, err := sorties.Affecter(ctx, tx, a, annee, []sorties.Choix{{Eleve: s.de.id, College: fixture.CollegeVoisin}}, "")
			return err
		}
	}
	x.jouer(t, "affecter en sixième", "ia", "son dossier est ailleurs", assign(2027))
	x.id(t, `select id from affectation_6e where annee = 2027 and etat = 'affecte' and college_uai = $1`, fixture.College)
	x.exec(t, `insert into annee_scolaire (code, debut, fin) values (2028, '2028-09-01', '2029-08-31') on conflict do nothing`)
	x.jouer(t, "affecter en sixième", "ia voisine", "", assign(2028))
}

var (
	classe2027 = uuid.MustParse("c1a55e00-0000-4000-8000-000000000011")
	bis2027    = uuid.MustParse("c1a55e00-0000-4000-8000-000000000013")
)

// annonce is a pupil whose passage is decided, in the spring.
func annonce(t *testing.T) (*essai, *scolaire) {
	x := nouvelEssai(t)
	x.repartir(t, `savepoint sequence`)
	x.jour = rentree(2026)
	s := x.arriver(t, "directeur")
	x.jour = time.Date(2027, time.May, 3, 0, 0, 0, 0, time.UTC)
	x.notifier(t, s)
	x.decider(t, s)
	return x, s
}

func (x *essai) affecterA(t *testing.T, s *scolaire, id uuid.UUID) {
	x.jouer(t, "affecter", "directeur", "", placer(s, id))
	s.classe, s.touchee = id, true
}

func (x *essai) partirLe(t *testing.T, s *scolaire, le time.Time) {
	x.jouer(t, "radier", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, s.id, 0, scolarite.Depart{Le: le, Motif: "demenagement"})
	})
	s.partir(le, x.jour)
}

func (x *essai) rester(t *testing.T, s *scolaire) {
	x.jouer(t, "rétablir", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Retablir(ctx, tx, a, s.id, 0)
	})
	s.revenirEnClasse()
}

func (x *essai) partirEnsemble(t *testing.T, s *scolaire, le time.Time) {
	e := &ensemble{ecole: s.ecole, faite: x.jour, le: le, partant: []*scolaire{s}}
	x.jouer(t, "radier plusieurs", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		e.id, err = depart.Radier(ctx, tx, a, []uuid.UUID{s.id}, scolarite.Depart{Le: le, Motif: "demenagement"})
		return err
	})
	x.departs = append(x.departs, e)
	s.partir(le, x.jour)
}
