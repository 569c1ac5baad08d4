package ent

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// etablissement is a school with those who are in it, as one file needs them.
type etablissement struct {
	fiche
	classes []classe
	eleves  []eleve
	liens   []lien
}

type fiche struct {
	Uai, Nom, Type, Secteur, Adresse, CodePostal, Commune, Telephone, Academie, CodeAcademie, Circonscription string
}

type classe struct {
	ID      uuid.UUID
	Libelle string
	Niveaux []string
}

type eleve struct {
	ID                           uuid.UUID
	NomFamille, NomUsage, Prenom string
	AutresPrenoms, Sexe, Niveau  string
	DateNaissance                time.Time
	ClasseID                     *uuid.UUID
	Classe                       string
	DateAdmission                *time.Time
}

// lien is a person who holds the parental authority on a pupil. An organisation is none: it opens no account.
type lien struct {
	EleveID, ID                            uuid.UUID
	Civilite, NomFamille, NomUsage, Prenom string
	TelPortable, Courriel                  string
}

const ficheSQL = `
	select e.uai, e.nom, e.type, e.secteur, e.adresse, e.code_postal, k.nom as commune, e.telephone, a.nom as academie, a.code as code_academie,
		coalesce(c.nom, '') as circonscription
	from ecole e join commune k on k.insee = e.commune_insee join departement d on d.code = e.departement_code
	join academie a on a.code = d.academie_code left join circonscription c on c.uai = e.circonscription_uai where e.uai = $1`

const classesSQL = `
	select k.id, k.libelle_court as libelle, coalesce((select array_agg(n.niveau) from classe_niveau n where n.classe_id = k.id), '{}') as niveaux
	from classe k where k.ecole_uai = $1 and k.annee = $2 order by k.libelle_court, k.id`

// The pupils who are there: those who are only expected open no account yet.
const presentsSQL = `scolarite s where s.ecole_uai = $1 and s.annee = $2 and s.etat = 'admis_definitif'`

const elevesSQL = `
	select s.eleve_id as id, s.nom_famille, s.nom_usage, s.prenom, concat_ws(' ', nullif(e.prenom2, ''), nullif(e.prenom3, '')) as autres_prenoms,
		s.sexe, coalesce(s.niveau, '') as niveau, s.date_naissance, s.classe_id, coalesce(k.libelle_court, '') as classe, s.date_admission
	from (select s.* from ` + presentsSQL + `) s join eleve e on e.id = s.eleve_id left join classe k on k.id = s.classe_id
	order by s.cle_nom, s.id`

// offset 0 keeps the planner from reading the links of the whole country first, as in the lists.
const liensSQL = `
	select s.eleve_id, r.id, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.tel_portable, r.courriel
	from (select s.eleve_id, s.cle_nom, s.id from ` + presentsSQL + `) s
	cross join lateral (select * from lien_responsable where eleve_id = s.eleve_id offset 0) l
	cross join lateral (select * from responsable where id = l.responsable_id offset 0) r
	where l.autorite_parentale and r.nature = 'personne' order by s.cle_nom, s.id, l.rang`

// parcourir hands the schools one by one, each with who is in it, and says how many pupils are done.
func (l *livre) parcourir(do func(e etablissement) error) error {
	done := 0
	for _, school := range l.ecoles {
		e, err := l.charger(school.Uai)
		if err != nil {
			return err
		}
		l.emporter(e)
		if err := do(e); err != nil {
			return err
		}
		done += len(e.eleves)
		if err := l.avancer(done); err != nil {
			return err
		}
	}
	return nil
}

// emporter notes each pupil who leaves.
func (l *livre) emporter(e etablissement) {
	ids := make([]uuid.UUID, len(e.eleves))
	for i, x := range e.eleves {
		ids[i] = x.ID
	}
	journal.RecordAll(l.tx, l.agent, journal.Extraire, "eleve", ids, slices.Repeat([]string{e.Uai}, len(ids)))
}

func (l *livre) charger(uai string) (e etablissement, err error) {
	if e.fiche, err = territoire.Ligne[fiche](l.ctx, l.tx, ficheSQL, uai); err != nil {
		return e, err
	}
	if e.classes, err = territoire.Lignes[classe](l.ctx, l.tx, classesSQL, uai, int(l.annee)); err != nil {
		return e, err
	}
	if e.eleves, err = territoire.Lignes[eleve](l.ctx, l.tx, elevesSQL, uai, int(l.annee)); err != nil {
		return e, err
	}
	e.liens, err = territoire.Lignes[lien](l.ctx, l.tx, liensSQL, uai, int(l.annee))
	return e, err
}
