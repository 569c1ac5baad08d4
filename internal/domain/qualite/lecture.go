package qualite

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Compte is how many lines a rule has.
type Compte struct {
	Anomalie
	Nombre int
}

// Comptes are the counts of some rules.
type Comptes struct {
	list []Anomalie
	read []int
}

// Queue counts some of the rules of the agent in his school or commune, in one statement.
func (c *Comptes) Queue(l *territoire.Lecture, agent habilitation.Agent, list []Anomalie) {
	c.list = list
	if len(list) == 0 {
		return
	}
	territoire.Valeur(l, &c.read, "select "+comptesSQL(list)+" from "+ancre(agent.Role),
		int(ecole.AnneeDe(agent.Aujourdhui())), agent.Aujourdhui(), lieu(agent))
}

// Tous are the rules and their counts, in order.
func (c *Comptes) Tous() []Compte {
	all := make([]Compte, len(c.list))
	for i, n := range ranger(c.list, c.read) {
		all[i] = Compte{c.list[i], n}
	}
	return all
}

func lieu(agent habilitation.Agent) string {
	if agent.Role == habilitation.Mairie {
		return agent.Commune
	}
	return agent.Ecole
}

// Ecole is a school and how many lines each rule has there.
type Ecole struct {
	UAI     string
	Nom     string
	Commune string
	Lus     []int
	Total   int // schools of the list, the same on every line
}

// Nombres are the counts, in the order of Pour(role).
func (e Ecole) Nombres(role habilitation.Role) []int { return ranger(Pour(role), e.Lus) }

// QueueEcoles counts all the rules of an inspection in limit of its open schools from offset on, in the order of their
// communes; q keeps those whose name, commune or code holds it.
func QueueEcoles(l *territoire.Lecture, agent habilitation.Agent, dst *[]Ecole, q string, limit, offset int) {
	territoire.Toutes(l, dst, `
		select t.lieu as uai, t.nom, t.commune, `+comptesSQL(Pour(agent.Role))+` as lus, t.total
		from (
			select e.uai as lieu, e.nom, k.nom as commune, count(*) over ()::int as total, `+types+`
			from ecole e join commune k on k.insee = e.commune_insee
			where e.uai = any (portee_ecoles()) and e.ouverte
				and ($3 = '' or cle_nom(concat_ws(' ', e.nom, k.nom, e.uai)) like '%' || cle_nom($3) || '%')
			order by cle_nom(k.nom), cle_nom(e.nom), e.uai limit $4 offset $5) t
		order by cle_nom(t.commune), cle_nom(t.nom), t.lieu`,
		int(ecole.AnneeDe(agent.Aujourdhui())), agent.Aujourdhui(), q, limit, offset)
}

// Ligne is one line of a rule: a pupil, a responsable or a class.
type Ligne struct {
	Cle        uuid.UUID
	Autre      *uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
	Niveau     string
	Classe     string
	Le         *time.Time
	Total      int
}

// Nom is what the line is about.
func (l Ligne) Nom() string {
	if l.NomFamille == "" {
		return l.Classe
	}
	return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom)
}

// QueueLignes reads limit lines of a rule from offset on; place is the school, for those who have several.
func QueueLignes(l *territoire.Lecture, agent habilitation.Agent, dst *[]Ligne, a Anomalie, place string, limit, offset int) {
	if own := lieu(agent); own != "" {
		place = own
	}
	territoire.Toutes(l, dst, a.lignesSQL(agent.Role),
		int(ecole.AnneeDe(agent.Aujourdhui())), agent.Aujourdhui(), place, limit, offset)
}

// cible is the very form that mends a line.
type cible func(Ligne) string

// Reparation is the address of the form that mends the line.
func (a Anomalie) Reparation(l Ligne) string { return a.cible(l) }

// Objet is the address where one reads what the line is about, "" where there is none.
func (a Anomalie) Objet(l Ligne) string {
	switch a.de {
	case classes:
		return "/classes/" + l.Cle.String()
	case inscrits, attendus, inscritsMairie:
		return dossier(*l.Autre)
	}
	return dossier(l.Cle)
}

func dossier(id uuid.UUID) string { return "/eleves/" + id.String() }

func versDossier(l Ligne) string   { return dossier(l.Cle) }
func versIdentite(l Ligne) string  { return dossier(l.Cle) + "/identite" }
func versAssurance(l Ligne) string { return dossier(l.Cle) + "/assurance" }
func versINE(l Ligne) string       { return "/ine/" + l.Cle.String() }
func versAdresse(l Ligne) string   { return dossier(l.Cle) + "/adresse" }

// versResponsable opens the first of them, or a new one where there is none.
func versResponsable(l Ligne) string {
	if l.Autre == nil {
		return dossier(l.Cle) + "/responsables/nouveau"
	}
	return dossier(l.Cle) + "/responsables/" + l.Autre.String()
}

func versAdmission(l Ligne) string   { return "/admissions/" + l.Cle.String() }
func versInscription(l Ligne) string { return "/inscriptions/" + l.Cle.String() }
func versPassages(Ligne) string      { return "/passages" }
func versRepartition(Ligne) string   { return "/repartition" }
func versClasse(l Ligne) string      { return "/classes/" + l.Cle.String() + "/modifier" }
func versCertificat(l Ligne) string  { return dossier(l.Cle) + "/certificat-radiation.pdf" }

// majuscule begins a sentence; no rule begins with an accent.
func majuscule(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
