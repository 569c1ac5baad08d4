package modele

import (
	"context"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

func (x *essai) passer(t *rapid.T, nom string) {
	if last := fin(derniereAnnee); x.jour.After(last.AddDate(0, -4, 0)) {
		t.SkipNow()
	}
	x.jour = x.jour.AddDate(0, 0, rapid.SampledFrom([]int{1, 8, 16, 75}).Draw(t, "jours"))
	for _, s := range x.scolarites() {
		s.effectuer(x.jour)
	}
	x.faits[nom]++
}

// prenoms do not sound like one another: nobody is taken for somebody else.
var prenoms = []string{"Lina", "Gustave", "Yasmine", "Bertrand", "Philomène", "Oscar", "Clotilde", "Kevin"}

func (x *essai) naitre(t rapid.TB) *enfant {
	if len(x.enfants) == len(prenoms) {
		t.SkipNow()
	}
	return &enfant{prenom: prenoms[len(x.enfants)]}
}

// demandeRefusee is the rule of a demand, whoever makes it.
func (x *essai) demandeRefusee(d inscription.Demande, commune string) string {
	return motif(
		si(d.Le.After(x.jour), "inscrit demain"),
		si(d.Le.Before(debut(int(d.Annee)).AddDate(-2, 0, 0)), "inscrit trop tôt"),
		si(fin(int(d.Annee)).Before(x.jour), "l’année est finie"),
		si(d.Ecole != "" && communes[d.Ecole] != commune, "école d’une autre commune"),
		si(d.Ecole != "" && d.Niveau != "" && !ouvre(d.Ecole, string(d.Niveau)), "niveau que l’école n’a pas"))
}

func (x *essai) tirerDemande(t *rapid.T, commune string) inscription.Demande {
	d := inscription.Demande{Annee: ecole.Annee(annee(t)), Ecole: uneEcole(t, commune), Le: x.date(t, "date d’inscription")}
	if rapid.Bool().Draw(t, "niveau connu") {
		d.Niveau = ecole.Niveau(niveau(t))
	}
	return d
}

// inscrire notes in the model what a demand has opened.
func (e *enfant) inscrire(id uuid.UUID, d inscription.Demande, commune string) *inscrit {
	i := &inscrit{id: id, de: e, annee: int(d.Annee), commune: commune}
	i.demander(d)
	e.inscriptions = append(e.inscriptions, i)
	return i
}

func (i *inscrit) demander(d inscription.Demande) {
	i.annee, i.ecole, i.etat, i.le = int(d.Annee), d.Ecole, "inscrit", d.Le
	if d.Ecole == "" {
		i.etat, i.le = "en_attente", time.Time{}
	}
}

// T01 to T03: a mairie enters a child.
func (x *essai) inscrireNouveau(t *rapid.T, nom string) {
	e, qui := x.naitre(t), un(t, "mairie", noms(mairies))
	commune := mairies[qui]
	d := x.tirerDemande(t, commune)
	var id uuid.UUID
	done := x.jouer(t, nom, qui, x.demandeRefusee(d, commune), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		n := fixture.Lina(e.prenom)
		n.Commune = a.Commune
		if communes[d.Ecole] == commune { // the form offers no other
			n.Ecole = d.Ecole
		}
		if e.id, err = eleve.Creer(tx, a, n); err != nil {
			return err
		}
		id, err = inscription.Inscrire(ctx, tx, a, e.id, a.Commune, d)
		return err
	})
	if done {
		e.ecole, e.mairie, e.plume = d.Ecole, commune, "mairie"
		e.inscrire(id, d, commune)
		x.enfants = append(x.enfants, e)
	}
}

func (x *essai) inscrireConnu(t *rapid.T, nom string) {
	e, qui := x.enfant(t), un(t, "mairie", noms(mairies))
	commune := mairies[qui]
	d := x.tirerDemande(t, commune)
	var id uuid.UUID
	refused := motif(x.demandeRefusee(d, commune), si(e.demande(nil, int(d.Annee)), "déjà une inscription en cours"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = inscription.Inscrire(ctx, tx, a, e.id, a.Commune, d)
		return err
	}) {
		e.inscrire(id, d, commune).suivre(commune)
	}
}

// fermee tells why an inscription is no longer the mairie's to touch.
func (i *inscrit) fermee() string {
	return si(i.etat != "en_attente" && i.etat != "inscrit", "inscription close")
}

func (x *essai) modifier(t *rapid.T, nom string) {
	i := x.inscrit(t, "inscrit", "en_attente")
	qui := agent(t, mairies, i.commune)
	d := x.tirerDemande(t, i.commune)
	refused := motif(si(mairies[qui] != i.commune, "d’une autre mairie"), i.fermee(), x.demandeRefusee(d, i.commune),
		si(i.de.demande(i, int(d.Annee)), "déjà une inscription en cours"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return inscription.Modifier(ctx, tx, a, i.id, 0, d)
	}) {
		i.demander(d)
		i.suivre(i.commune)
	}
}

// T04.
func (x *essai) annulerInscription(t *rapid.T, nom string) {
	i := x.inscrit(t, "inscrit", "en_attente")
	qui, why := agent(t, mairies, i.commune), rapid.SampledFrom([]string{"famille_renonce", "derogation_refusee", "x"}).Draw(t, "motif")
	refused := motif(si(mairies[qui] != i.commune, "d’une autre mairie"), i.fermee(), si(why == "x", "motif inconnu"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return inscription.Annuler(ctx, tx, a, i.id, 0, why)
	}) {
		i.etat = map[string]string{"famille_renonce": "annulee", "derogation_refusee": "refusee"}[why]
	}
}

// suite is the scolarité that an inscription led to.
func (i *inscrit) suite() *scolaire {
	for _, s := range i.de.scolarites {
		if s.par == i && s.etat != "annulee" {
			return s
		}
	}
	return nil
}

// repondre is why a school cannot answer an inscription, whatever the answer.
func (i *inscrit) repondre(qui string) string {
	return motif(si(directeurs[qui] != i.ecole, "d’une autre école"), si(i.suite() == nil && i.etat != "inscrit", "rien à répondre"))
}

// ouvrir opens the scolarité of an inscription in the model.
func (x *essai) ouvrir(t rapid.TB, i *inscrit, etat string) *scolaire {
	s := i.suite()
	if s == nil {
		s = &scolaire{de: i.de, par: i, annee: i.annee, ecole: i.ecole}
		s.id = x.id(t, `select id from scolarite where inscription_id = $1 and etat <> 'annulee'`, i.id)
		i.de.scolarites = append(i.de.scolarites, s)
	}
	s.etat, i.etat = etat, "transformee"
	return s
}

// T05.
func (x *essai) reporter(t *rapid.T, nom string) {
	i := x.inscrit(t, "inscrit")
	qui := agent(t, directeurs, i.ecole)
	refused := motif(i.repondre(qui), si(i.suite() != nil, "l’école a répondu"), si(i.de.double(nil, i.ecole, i.annee), "déjà attendu"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Reporter(ctx, tx, a, i.id, 0)
	}) {
		x.ouvrir(t, i, "admissible")
	}
}

// T06.
func (x *essai) accepter(t *rapid.T, nom string) {
	i := x.inscrit(t, "inscrit")
	qui, n := agent(t, directeurs, i.ecole), niveau(t)
	effet, s := x.effet(t, i.annee), i.suite()
	refused := motif(i.repondre(qui), si(s != nil && s.etat != "admissible", "déjà acceptée"), si(!ouvre(i.ecole, n), "niveau que l’école n’a pas"),
		si(effet.IsZero() || effet.Before(i.le) || anneeDe(effet) != i.annee, "date d’effet"), si(i.de.double(s, i.ecole, i.annee), "déjà attendu"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Accepter(ctx, tx, a, i.id, 0, ecole.Niveau(n), effet)
	}) {
		x.ouvrir(t, i, "admis_accepte").accueillir(n, effet)
	}
}

func (s *scolaire) accueillir(niveau string, effet time.Time) {
	s.niveau, s.effet, s.touchee = niveau, effet, true
	s.prendre()
}

// presence refused: why a pupil is not admitted for good on a day (T08).
func (x *essai) admissionRefusee(s *scolaire, le time.Time) string {
	if s == nil || s.etat != "admis_accepte" {
		return "pas accepté"
	}
	return motif(si(le.After(x.jour), "dans l’avenir"), si(le.Before(s.effet), "avant la date d’effet"), si(anneeDe(le) != s.annee, "hors de l’année"),
		si(s.chevauche(le, fin(s.annee).AddDate(0, 0, 1)), "présent dans une autre école"))
}

func (s *scolaire) admettre(le time.Time) {
	s.etat, s.admission, s.touchee = "admis_definitif", le, true
	s.rejoindre()
	s.prendre()
}

// T08.
func (x *essai) admettre(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_accepte")
	if s.par == nil {
		t.SkipNow()
	}
	qui, le, now := agent(t, directeurs, s.ecole), x.date(t, "date d’admission"), s.par.suite()
	if x.jouer(t, nom, qui, motif(s.par.repondre(qui), x.admissionRefusee(now, le)), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Admettre(ctx, tx, a, s.par.id, 0, le)
	}) {
		now.admettre(le)
	}
}

func (x *essai) retirer(t *rapid.T, nom string) {
	i := x.inscrit(t, "transformee")
	qui, s := agent(t, directeurs, i.ecole), i.suite()
	refused := motif(i.repondre(qui), si(s == nil || s.etat != "admissible" && s.etat != "admis_accepte", "présent"),
		si(i.de.demande(i, i.annee), "déjà une inscription en cours"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Retirer(ctx, tx, a, i.id, 0)
	}) {
		s.etat, s.classe, s.touchee, i.etat = "annulee", uuid.Nil, true, "inscrit"
	}
}

// T15.
func (x *essai) abandonner(t *rapid.T, nom string) {
	i := x.inscrit(t, "inscrit", "transformee")
	qui := agent(t, directeurs, i.ecole)
	why := rapid.SampledFrom([]string{"jamais_venu", "x"}).Draw(t, "motif")
	if x.jouer(t, nom, qui, motif(i.repondre(qui), x.abandonRefuse(i.suite(), why)), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Abandonner(ctx, tx, a, i.id, 0, why)
	}) {
		if s := i.suite(); s != nil {
			s.etat, s.classe, s.touchee = "annulee", uuid.Nil, true
		}
		i.etat = "annulee"
	}
}

func (x *essai) abandonRefuse(s *scolaire, why string) string {
	return motif(si(s != nil && (s.etat == "admis_definitif" || s.etat == "radie"), "il est venu"), si(why == "x", "motif inconnu"))
}
