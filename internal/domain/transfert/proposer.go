package transfert

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// Quittant is a pupil whom the decision of passage takes to another school; a row of QuittantsSQL.
type Quittant struct {
	ID            uuid.UUID
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Classe        string
	Niveau        ecole.Niveau // of next year
	Offre         bool         // he is offered to a school, which has not answered
	Attente
}

// QuittantsSQL reads those of the agent's school, in the year $1 that ends.
const QuittantsSQL = `select * from quittants($1)`

// Nom is the pupil as a list names him.
func (q Quittant) Nom() string { return eleve.NomListe(q.NomFamille, q.NomUsage, q.Prenom) }

// Libre tells whether he may be offered.
func (q Quittant) Libre() bool { return !q.Offre && q.Attendu == "" }

// refus is why he cannot be offered to a school.
func (q Quittant) refus(vers string, l scolarite.Lieu) string {
	switch motif := q.contre(vers); {
	case q.Offre:
		return "Il est déjà proposé à une école."
	case motif != "":
		return motif
	case !l.Type.Ouvre(q.Niveau):
		return "L’école choisie n’a pas de " + q.Niveau.Libelle() + "."
	}
	return ""
}

// Proche is a school to which a cohort may go; a row of ProchesSQL.
type Proche struct {
	UAI          string
	Nom          string
	Commune      string
	Type         ecole.Type
	Secteur      ecole.Secteur
	Regroupement bool // it is of the same regroupement pédagogique
	MemeCommune  bool
	Niveaux      []string // of its classes
}

// ProchesSQL reads the schools near that of the agent, with their classes of the year $1.
const ProchesSQL = `
	select p.* from ecoles_proches($1) p join ecole e on e.uai = p.uai
	where ecole_accueille(e.ouverte, e.ouverte_le, e.fermee_le, $1)
	order by p.regroupement desc, p.meme_commune desc, cle_nom(p.commune), cle_nom(p.nom), p.uai`

// accueille tells whether the school takes a niveau: in a regroupement, which shares them out, whether its classes do.
func (p Proche) accueille(n ecole.Niveau) bool {
	if p.Regroupement && len(p.Niveaux) > 0 {
		return slices.Contains(p.Niveaux, string(n))
	}
	return p.Type.Ouvre(n)
}

// Pressentie is the school to which those who go to a niveau usually go: that of the regroupement which has it, else the
// only public one of the commune. "" when none stands out.
func Pressentie(n ecole.Niveau, proches []Proche) string {
	var here []Proche
	for _, p := range proches {
		switch {
		case !p.accueille(n):
		case p.Regroupement:
			return p.UAI
		case p.MemeCommune && !p.Secteur.Prive():
			here = append(here, p)
		}
	}
	if len(here) == 1 {
		return here[0].UAI
	}
	return ""
}

// Proposer offers pupils to schools, each to the one that it is the key of, and returns the transfers opened.
func Proposer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, offres map[string][]uuid.UUID) ([]uuid.UUID, error) {
	list, err := territoire.Lignes[Quittant](ctx, tx, QuittantsSQL, int(annee))
	if err != nil {
		return nil, fmt.Errorf("transfert: read those who leave: %w", err)
	}
	quittants := make(map[uuid.UUID]Quittant, len(list))
	for _, q := range list {
		quittants[q.ID] = q
	}
	var refuses lot.Refuses
	var ids []uuid.UUID
	for _, vers := range slices.Sorted(maps.Keys(offres)) {
		eleves := offres[vers]
		l, err := lieuDe(ctx, tx, agent, annee, vers)
		if err != nil {
			return nil, err
		}
		for _, id := range eleves {
			q, ok := quittants[id]
			if !ok {
				return nil, refusal.NotFound()
			}
			if motif := q.refus(vers, l); motif != "" {
				refuses = append(refuses, lot.Refus{ID: id, Motif: motif})
			}
		}
		ids = append(ids, ouvrir(tx, agent, annee, vers, l.Commune, eleves, quittants))
	}
	if len(refuses) > 0 {
		return nil, refuses
	}
	return ids, nil
}

func lieuDe(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, vers string) (scolarite.Lieu, error) {
	list, err := territoire.Lignes[scolarite.Lieu](ctx, tx, scolarite.LieuSQL, vers, int(annee)+1)
	switch {
	case err != nil:
		return scolarite.Lieu{}, fmt.Errorf("transfert: read the school: %w", err)
	case len(list) == 0:
		return scolarite.Lieu{}, refusal.InConflict("Aucune école ne porte le code " + vers + ".")
	case vers == agent.Ecole:
		return scolarite.Lieu{}, refusal.InConflict("Ces élèves quittent votre école\u00a0: choisissez-en une autre.")
	}
	return list[0], ouvertPour(list[0], annee+1, agent.Aujourdhui())
}

// ouvertPour refuses a school closed, and a year that is over or not opened yet.
func ouvertPour(l scolarite.Lieu, annee ecole.Annee, today time.Time) error {
	switch {
	case !l.Ouverte:
		return refusal.InConflict("L’école choisie est fermée.")
	case !l.AnneeOuverte:
		return refusal.InConflict("L’année scolaire " + annee.Libelle() + " n’est pas ouverte.")
	case annee.Fin().Before(today):
		return refusal.InConflict("L’année scolaire " + annee.Libelle() + " est terminée.")
	}
	return nil
}

const ouvrirSQL = `insert into transfert (id, ecole_uai, vers_uai, commune_insee, annee, propose_le, compte_id)
	values ($1, $2, $3, $4, $5, $6, $7)`

const ouvrirElevesSQL = `
	insert into transfert_eleve (transfert_id, scolarite_id, eleve_id, ecole_uai, vers_uai, commune_insee, niveau)
	select $1, e.scolarite, e.eleve, $2, $3, $4, e.niveau from unnest($5::uuid[], $6::uuid[], $7::text[]) as e (scolarite, eleve, niveau)`

func ouvrir(tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, vers, commune string, eleves []uuid.UUID, quittants map[uuid.UUID]Quittant) uuid.UUID {
	id := uuid.New()
	enfants, niveaux := make([]uuid.UUID, len(eleves)), make([]string, len(eleves))
	for i, e := range eleves {
		enfants[i], niveaux[i] = quittants[e].EleveID, string(quittants[e].Niveau)
	}
	tx.Queue(ouvrirSQL, id, agent.Ecole, vers, commune, int(annee), agent.Maintenant, agent.Compte)
	tx.Queue(ouvrirElevesSQL, id, agent.Ecole, vers, commune, eleves, enfants, niveaux)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.ProposerTransfert, Objet: "transfert", ID: id, Ecole: agent.Ecole})
	return id
}
