package modele

import (
	"context"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	libre "base-eleves/internal/domain/liberation"
	loi "base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/domain/scolarite"
	sorties "base-eleves/internal/domain/sixieme"
	cohorte "base-eleves/internal/domain/transfert"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// peupler begins most of the sequences with pupils present since the rentrée, on that day, with one whom another school asks
// for, at the end of the year, or when the next one is prepared: it is far from an empty world.
func (x *essai) peupler(t *rapid.T) {
	begin := rapid.SampledFrom([]string{"année préparée", "sortie du CM2", "fin de l’année", "élève réclamé", "cohorte proposée", "rentrée", "monde vide"}).Draw(t, "début")
	if begin == "monde vide" {
		return
	}
	x.jour = rentree(2026)
	here := []*scolaire{x.arriver(t, "directeur"), x.arriver(t, "directeur"), x.arriver(t, "directeur voisin")}
	if begin == "élève réclamé" {
		x.reclamer(t, here[2], "directeur du même")
	}
	if begin == "élève réclamé" || begin == "rentrée" {
		return
	}
	if begin == "sortie du CM2" {
		x.sortir(t)
		return
	}
	x.jour = time.Date(2027, time.April, 1, 0, 0, 0, 0, time.UTC)
	for _, s := range here[:2] {
		x.notifier(t, s)
	}
	x.jour = x.jour.AddDate(0, 1, 0)
	if begin == "cohorte proposée" {
		x.ceder(t, here[1], "directeur du même")
	}
	if begin == "année préparée" {
		for _, s := range here[:2] {
			x.decider(t, s)
		}
		x.suite(t, here[0])
	}
}

// arriver has a school admit a new child in CE1, today.
func (x *essai) arriver(t rapid.TB, qui string) *scolaire { return x.arriverEn(t, qui, "CE1") }

func (x *essai) arriverEn(t rapid.TB, qui, niveau string) *scolaire {
	e, uai := x.naitre(t), directeurs[qui]
	var id uuid.UUID
	x.jouer(t, "admettre directement", qui, "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		e.id, id, err = scolarite.AdmettreNouveau(ctx, tx, a, fixture.Lina(e.prenom), scolarite.Directe{Niveau: ecole.Niveau(niveau), Effet: x.jour})
		return err
	})
	e.ecole, e.mairie, e.plume = uai, communes[uai], "ecole"
	x.enfants = append(x.enfants, e)
	x.accueillirDirectement(t, e, id, uai, niveau, x.jour)
	s := e.scolarites[0]
	x.jouer(t, "pointer présent", qui, "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.PointerPresent(ctx, tx, a, s.id, 0)
	})
	s.admettre(x.jour)
	return s
}

// notifier proposes the passage of a pupil of the first school, and tells his family.
func (x *essai) notifier(t rapid.TB, s *scolaire) {
	x.jouer(t, "proposer un passage", "directeur", "", x.faire(s.id, loi.EtapeProposer, "passage", time.Time{}))
	x.jouer(t, "suivre un passage", "directeur", "", x.faire(s.id, loi.EtapeNotifier, "", x.jour))
	s.passage, s.touchee = &passage{choix: s.choix("passage"), etat: "notifie", propose: x.jour, notifie: x.jour}, true
}

// decider decides, today, what was proposed to a family that agrees.
func (x *essai) decider(t rapid.TB, s *scolaire) {
	x.jouer(t, "suivre un passage", "directeur", "", x.faire(s.id, loi.EtapeAccord, "", x.jour))
	x.jouer(t, "suivre un passage", "directeur", "", x.faire(s.id, loi.EtapeDecider, "passage", x.jour))
	p := s.passage
	p.remplacer(p.choix)
	p.etat, p.repondu, p.decide = "decide", x.jour, x.jour
}

// suite opens the next year of a pupil, and of those of his school who are decided like him.
func (x *essai) suite(t rapid.TB, s *scolaire) *scolaire {
	p := &preparation{ecole: s.ecole, faite: x.jour}
	stay := x.restent(s.ecole, s.annee)
	x.jouer(t, "préparer la rentrée", "directeur", "", x.ouvrirRentree(p, s.annee))
	x.preparations = append(x.preparations, p)
	x.suivreRentree(t, p, stay, s.annee)
	return s.passage.suite
}

// reclamer has a school take over the file of a pupil who is in another one, and ask it to let him go.
func (x *essai) reclamer(t rapid.TB, s *scolaire, qui string) {
	var i uuid.UUID
	x.jouer(t, "reprendre un dossier", qui, "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		c, err := eleve.FindConnu(ctx, tx, s.de.id, fixture.Lina(s.de.prenom).Identite)
		if err == nil {
			i, err = scolarite.Reprendre(ctx, tx, a, c, scolarite.Directe{Niveau: ecole.CE1, Effet: x.jour})
		}
		return err
	})
	x.accueillirDirectement(t, s.de, i, directeurs[qui], "CE1", x.jour)
	l := &liberation{de: s, vers: directeurs[qui], depart: x.jour, delai: libre.Echeance(x.jour), etat: "ouverte"}
	x.jouer(t, "demander une libération", qui, "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		l.id, err = libre.Demander(ctx, tx, a, i, libre.Demande{Depart: x.jour, Motif: "demenagement"})
		return err
	})
	s.liberations = append(s.liberations, l)
}

// ceder has it decided that a pupil goes on in another school, and offers him to it.
func (x *essai) ceder(t rapid.TB, s *scolaire, vers string) {
	if s.passage == nil {
		x.notifier(t, s)
	}
	x.decider(t, s)
	before, there := s.passage.choix, "passage"+ailleurs
	x.jouer(t, "suivre un passage", "directeur", "", x.faire(s.id, loi.EtapeCorriger, there, time.Time{}))
	s.passage.choix = s.choix(there)
	s.reporter(before)
	c := &transfert{ecole: s.ecole, vers: directeurs[vers], annee: s.annee, offres: []*offre{{de: s, niveau: s.passage.niveau, etat: "propose"}}}
	x.jouer(t, "proposer un transfert", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		made, err := cohorte.Proposer(ctx, tx, a, ecole.Annee(c.annee), map[string][]uuid.UUID{c.vers: {s.id}})
		if err == nil {
			c.id = made[0]
		}
		return err
	})
	x.transferts = append(x.transferts, c)
}

// sortir is a June in which two pupils leave a school for two collèges, and another one a school of another département.
func (x *essai) sortir(t rapid.TB) {
	leaving := []*scolaire{x.arriverEn(t, "directeur", "CM2"), x.arriverEn(t, "directeur", "CM2"), x.arriverEn(t, "directeur lointain", "CM2")}
	x.jour = time.Date(2027, time.June, 10, 0, 0, 0, 0, time.UTC)
	x.envoyer(t, leaving[0], fixture.College)
	x.envoyer(t, leaving[1], fixture.CollegeVoisin)
	x.envoyer(t, leaving[2], fixture.College)
}

// envoyer has the IA of his school assign a pupil to a collège, instead of the one that he had.
func (x *essai) envoyer(t rapid.TB, s *scolaire, college string) {
	qui := map[string]string{"65": "ia", "32": "ia voisine"}[departements[s.ecole]]
	lot := &lot6e{dep: departements[s.ecole], faite: x.jour}
	x.jouer(t, "affecter en sixième", qui, "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		lot.id, _, err = sorties.Affecter(ctx, tx, a, ecole.Annee(s.annee+1), []sorties.Choix{{Eleve: s.de.id, College: college}}, "")
		return err
	})
	x.entrer(t, lot, []*entree{{de: s.de, annee: s.annee + 1, college: college, ecole: s.ecole, etat: "affecte", lot: lot}})
}

// projeter has a school place a pupil in a scenario.
func (x *essai) projeter(t rapid.TB, s *scolaire, classe uuid.UUID) *projet {
	p := &projet{ecole: s.ecole, annee: s.annee, places: map[*enfant]uuid.UUID{s.de: classe}}
	x.jouer(t, "composer une répartition", "directeur", "", p.creer("Essai", false, map[uuid.UUID]uuid.UUID{s.de.id: classe}))
	x.projets = append(x.projets, p)
	return p
}

func (x *essai) publierPour(t rapid.TB, p *projet) *publication {
	pub := &publication{de: p, faite: x.jour, moves: p.changent(x.enfants)}
	x.jouer(t, "publier une répartition", "directeur", "", pub.publier)
	x.suivrePublication(pub)
	return pub
}

// instruire has the reference school attach a pupil whom it shares with a hospital.
func (x *essai) instruire(t rapid.TB, e *enfant) {
	p, n := &periode{}, rattachement.Periode{Modalite: rattachement.Hopital, Debut: x.jour}
	x.jouer(t, "instruire hors de l’école", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		p.id, err = rattachement.Attacher(ctx, tx, a, e.id, n)
		return err
	})
	p.noter("directeur", n)
	e.periodes = append(e.periodes, p)
}
