package modele

import (
	"context"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// directeRefusee is the rule of an admission that no mairie has prepared (T07).
func (x *essai) directeRefusee(uai, niveau string, effet time.Time) string {
	if effet.IsZero() {
		return "date d’effet"
	}
	a := anneeDe(effet)
	return motif(si(!ouvre(uai, niveau), "niveau que l’école n’a pas"), si(fin(a).Before(x.jour), "l’année est finie"),
		si(a < premiereAnnee || a > derniereAnnee, "l’année n’est pas ouverte"))
}

// accueillirDirectement notes in the model an inscription and an acceptance made at once.
func (x *essai) accueillirDirectement(t rapid.TB, e *enfant, id uuid.UUID, uai, niveau string, effet time.Time) {
	le := x.jour
	if effet.Before(le) {
		le = effet
	}
	i := &inscrit{id: id, de: e, annee: anneeDe(effet), commune: communes[uai], ecole: uai, etat: "inscrit", le: le}
	e.inscriptions = append(e.inscriptions, i)
	x.ouvrir(t, i, "admis_accepte").accueillir(niveau, effet)
}

// T07.
func (x *essai) admettreNouveau(t *rapid.T, nom string) {
	e, qui, n := x.naitre(t), un(t, "directeur", noms(directeurs)), niveau(t)
	uai, effet := directeurs[qui], x.effet(t, annee(t))
	var id uuid.UUID
	if x.jouer(t, nom, qui, x.directeRefusee(uai, n, effet), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		e.id, id, err = scolarite.AdmettreNouveau(ctx, tx, a, fixture.Lina(e.prenom), scolarite.Directe{Niveau: ecole.Niveau(n), Effet: effet})
		return err
	}) {
		e.ecole, e.mairie, e.plume = uai, communes[uai], "ecole"
		x.enfants = append(x.enfants, e)
		x.accueillirDirectement(t, e, id, uai, n, effet)
	}
}

// T07, T20: a school finds the file of a child, wherever he is.
func (x *essai) reprendre(t *rapid.T, nom string) {
	e, qui, n := x.enfant(t), un(t, "directeur", noms(directeurs)), niveau(t)
	uai, effet := directeurs[qui], x.effet(t, annee(t))
	refused := motif(si(e.attendu(x.jour), "une école l’attend"), x.directeRefusee(uai, n, effet))
	if refused == "" {
		refused = motif(si(e.demande(nil, anneeDe(effet)), "déjà une inscription en cours"), si(e.double(nil, uai, anneeDe(effet)), "déjà attendu"))
	}
	var id uuid.UUID
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		connu, err := eleve.FindConnu(ctx, tx, e.id, fixture.Lina(e.prenom).Identite)
		if err != nil {
			return err
		}
		id, err = scolarite.Reprendre(ctx, tx, a, connu, scolarite.Directe{Niveau: ecole.Niveau(n), Effet: effet})
		return err
	}) {
		x.accueillirDirectement(t, e, id, uai, n, effet)
	}
}

// T09.
func (x *essai) affecter(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_accepte", "admis_definitif")
	qui, id := agent(t, directeurs, s.ecole), uneClasse(t, s)
	if rare(t, "aucune classe") {
		id = uuid.Nil
	}
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), si(s.etat != "admis_accepte" && s.etat != "admis_definitif", "pas accepté"))
	if id != uuid.Nil {
		refused = motif(refused, si(!classes[id].accueille(s), "pas sa classe"))
	}
	if x.jouer(t, nom, qui, refused, placer(s, id)) {
		s.classe, s.touchee = id, true
	}
}

// placer puts a pupil in a class, or in none.
func placer(s *scolaire, id uuid.UUID) acte {
	return func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if id == uuid.Nil {
			return scolarite.Affecter(ctx, tx, a, s.id, 0, nil)
		}
		room, err := scolarite.FindClasse(ctx, tx, id)
		if err != nil {
			return err
		}
		return scolarite.Affecter(ctx, tx, a, s.id, 0, room)
	}
}

func (x *essai) pointerPresent(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_accepte")
	qui := agent(t, directeurs, s.ecole)
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), x.admissionRefusee(s, x.jour))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.PointerPresent(ctx, tx, a, s.id, 0)
	}) {
		s.admettre(x.jour)
	}
}

func (x *essai) pointerNonVenu(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_accepte")
	qui := agent(t, directeurs, s.ecole)
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), si(s.etat != "admis_accepte" || x.jour.Before(s.effet), "pas attendu"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.PointerNonVenu(ctx, tx, a, s.id, 0)
	}) {
		s.touchee = true
	}
}

func (x *essai) pointerRenonce(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_accepte")
	qui, why := agent(t, directeurs, s.ecole), rapid.SampledFrom([]string{"famille_renonce", "x"}).Draw(t, "motif")
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), x.abandonRefuse(s, why))
	gone := s
	if s.par == nil {
		refused = motif(refused, si(s.etat == "annulee", "déjà annulé"))
	} else {
		gone = s.par.suite()
		refused = motif(refused, s.par.repondre(qui), x.abandonRefuse(gone, why))
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.PointerRenonce(ctx, tx, a, s.id, 0, why)
	}) {
		if gone != nil {
			gone.etat, gone.classe, gone.touchee = "annulee", uuid.Nil, true
		}
		if s.par != nil {
			s.par.etat = "annulee"
		}
	}
}

func (x *essai) depointer(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_definitif")
	qui := agent(t, directeurs, s.ecole)
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), si(s.etat != "admis_definitif" || !s.admission.Equal(x.jour), "pas d’aujourd’hui"),
		si(!s.radiation.IsZero(), "son départ est annoncé"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Depointer(ctx, tx, a, s.id, 0)
	}) {
		s.revenir()
		s.etat, s.admission = "admis_accepte", time.Time{}
	}
}
