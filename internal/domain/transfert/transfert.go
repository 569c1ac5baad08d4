// Package transfert takes a cohort from one school to its next (domain.md §2.4), from grande section to cours
// préparatoire or inside a regroupement pédagogique: the school they leave offers those whom the decision of passage
// takes away, the mairie inscribes them where it must, the school that receives expects them, without typing anything
// again. The file stays where it is until they are there.
package transfert

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
)

// Etat is where the offer of one pupil stands.
type Etat string

// The states. Retire: the school he leaves no longer offers him there. The last two: what the IA decided of a school has
// closed the offer (internal/domain/restructuration).
const (
	Propose Etat = "propose"
	Accepte Etat = "accepte"
	Decline Etat = "decline"
	Retire  Etat = "retire"

	EcoleFermee   Etat = "ecole_fermee"
	EcolesReunies Etat = "ecoles_reunies"
)

// Transfert is an offer of one school to another.
type Transfert struct {
	ID           uuid.UUID
	Version      int
	Ecole        string // UAI of the school they leave
	EcoleNom     string
	EcoleCommune string
	Vers         string // UAI of the school that receives
	VersNom      string
	VersCommune  string
	Annee        ecole.Annee // that ends
	ProposeLe    time.Time
	ReponduLe    *time.Time
}

// ColonnesSQL are those of a Transfert t, from SourceSQL.
const ColonnesSQL = `t.id, t.version, t.ecole_uai as ecole, e.nom as ecole_nom, c.nom as ecole_commune, t.vers_uai as vers,
	v.nom as vers_nom, k.nom as vers_commune, t.annee, t.propose_le, t.repondu_le`

// SourceSQL is the transfer and its two schools.
const SourceSQL = ` transfert t join ecole e on e.uai = t.ecole_uai join commune c on c.insee = e.commune_insee
	join ecole v on v.uai = t.vers_uai join commune k on k.insee = t.commune_insee `

// SQL reads one transfer.
const SQL = `select ` + ColonnesSQL + ` from ` + SourceSQL + ` where t.id = $1`

// LieuSQL reads the school that receives the transfer $1, as scolarite.Lieu has it.
const LieuSQL = `
	select v.type, v.secteur, v.commune_insee as commune, k.nom, k.saisie,
		ecole_accueille(v.ouverte, v.ouverte_le, v.fermee_le, t.annee + 1) as ouverte,
		exists (select from annee_scolaire where code = t.annee + 1) as annee_ouverte
	from ` + SourceSQL + ` where t.id = $1`

// RecusSQL and DeclinesSQL count, for the home page of the school $1 in the year $2, the pupils offered to it who wait for
// its answer, and those of its own whom another school has declined and who are offered to none since.
const (
	RecusSQL = `(select count(*) from transfert t join transfert_eleve l on l.transfert_id = t.id
		where t.vers_uai = $1 and t.annee in ($2 - 1, $2) and l.etat = 'propose'
		and not exists (select from scolarite n where n.eleve_id = l.eleve_id and n.annee = t.annee + 1
			and n.etat in ('admissible', 'admis_accepte', 'admis_definitif')))`
	DeclinesSQL = `(select count(*) from transfert t join transfert_eleve l on l.transfert_id = t.id
		where t.ecole_uai = $1 and t.annee in ($2 - 1, $2) and l.etat = 'decline'
		and not exists (select from transfert_eleve o where o.scolarite_id = l.scolarite_id and o.etat in ('propose', 'accepte')))`
)

// AInscrireSQL counts, for the home page of the mairie $1 in the year $2, the pupils offered to its schools whom it has
// not inscribed.
const AInscrireSQL = `(select count(*) from transfert t join transfert_eleve l on l.transfert_id = t.id
	join ecole v on v.uai = t.vers_uai
	where t.commune_insee = $1 and t.annee in ($2 - 1, $2) and l.etat = 'propose' and v.secteur = 'public'
	and not exists (select from inscription i where i.eleve_id = l.eleve_id and i.annee = t.annee + 1
		and i.etat in ('inscrit', 'transformee')))`

// De is the school they leave, as a list names it.
func (t Transfert) De() string { return ecole.NomComplet(t.EcoleNom, t.EcoleCommune) }

// A is the school that receives them.
func (t Transfert) A() string { return ecole.NomComplet(t.VersNom, t.VersCommune) }

// Suivante is the year for which they are expected.
func (t Transfert) Suivante() ecole.Annee { return t.Annee + 1 }

// Attente is what already keeps a pupil elsewhere, or for the school that receives.
type Attente struct {
	Attendu       string // UAI of the school that expects him next year, "" for none
	InscriptionID *uuid.UUID
	Inscription   inscription.Etat // of the open inscription of next year, "" for none
	Inscrit       string           // UAI of the school where the mairie has put him
}

// contre is why the pupil cannot be expected in a school, whoever asks; "" when he can.
func (a Attente) contre(vers string) string {
	switch {
	case a.Attendu == vers:
		return "Cette école l’attend déjà."
	case a.Attendu != "":
		return "Une autre école l’attend déjà."
	case a.Inscrit != "" && a.Inscrit != vers:
		return "La mairie l’a inscrit dans une autre école."
	}
	return ""
}

// Eleve is one pupil of a transfer, by his scolarité of the year that ends; a row of LignesSQL.
type Eleve struct {
	ID            uuid.UUID
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Niveau        ecole.Niveau // of next year
	Etat          Etat
	ReponduLe     *time.Time
	Conserve      bool // left by an undo: the school that receives had worked on him
	Attente
}

// LignesSQL reads the pupils of the transfer $1.
const LignesSQL = `select * from lignes_transfert($1)`

// Nom is the pupil as a list names him.
func (e Eleve) Nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

// Refus is why the school that receives cannot accept the pupil now; "" when it can. Where the mairie alone inscribes,
// its inscription comes first (art. L131-5 of the code de l'éducation).
func (e Eleve) Refus(vers string, l scolarite.Lieu) string {
	motif := e.contre(vers)
	switch {
	case e.Etat != Propose:
		return "Cet élève n’est plus proposé."
	case motif != "":
		return motif
	case e.Inscription == inscription.EnAttente:
		return "Il est sur la liste d’attente de la mairie, qui doit d’abord l’inscrire."
	case e.InscriptionID == nil && l.MairieSeule():
		return "La mairie de " + l.Nom + " doit d’abord l’inscrire."
	}
	return ""
}

// AInscrire tells whether the mairie may still inscribe the pupil in the school that receives.
func (e Eleve) AInscrire(vers string, l scolarite.Lieu) bool {
	return e.Etat == Propose && e.contre(vers) == "" && e.Inscription != inscription.Inscrit && !l.Secteur.Prive()
}

// Situation says in a few words where a pupil stands.
func (e Eleve) Situation(vers string) string {
	switch {
	case e.Conserve:
		return "Gardé par l’école qui l’accueille"
	case e.Etat == Accepte, e.Attendu == vers && e.Etat == Propose:
		return "Attendu à la rentrée"
	case e.Etat == Decline:
		return "Décliné"
	case e.Etat == Retire:
		return "Retiré"
	case e.Etat == EcoleFermee:
		return "Clos\u00a0: l’école a fermé"
	case e.Etat == EcolesReunies:
		return "Clos\u00a0: les deux écoles sont réunies"
	case e.contre(vers) != "":
		return e.contre(vers)
	case e.Inscription == inscription.Inscrit:
		return "Inscrit par la mairie"
	}
	return "Proposé"
}
