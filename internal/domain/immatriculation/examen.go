package immatriculation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Candidat is a file that bears a number and may be the same child's.
type Candidat struct {
	ID       uuid.UUID
	Identite eleve.Identite
	Present  bool // a school has or expects the pupil
	Score    float64
	Raisons  []rapprochement.Raison
}

// Reponse is what the register answers. Without a reason and without a number to give back, the pupil gets his own.
type Reponse struct {
	Raison    Raison
	Rendre    *Candidat  // the one file of this identity, which no school holds any more: its number is the pupil's
	Candidats []Candidat // whom to compare the pupil with, the most alike first
}

// Examiner is the register's judgement on an identity: incoherent, known, alike, or new. avecNumero: the pupil has a
// number already, which is not exchanged without somebody's word.
func Examiner(i eleve.Identite, autres []Candidat, avecNumero bool, today time.Time) Reponse {
	if faute, ok := refusal.As(i.Valider(today)); ok {
		return Reponse{Raison: champ(faute.Field)}
	}
	autres = slices.DeleteFunc(slices.Clone(autres), func(c Candidat) bool { return c.Score < rapprochement.Proche })
	slices.SortStableFunc(autres, func(a, b Candidat) int { return cmp.Compare(b.Score, a.Score) })
	switch {
	case len(autres) == 0:
		return Reponse{}
	case len(autres) == 1 && !avecNumero && !autres[0].Present && Certaine(i, autres[0].Identite):
		return Reponse{Rendre: &autres[0]}
	case slices.ContainsFunc(autres, func(c Candidat) bool { return Certaine(i, c.Identite) }):
		return Reponse{Raison: IdentiteConnue, Candidats: autres}
	}
	return Reponse{Raison: Ressemblance, Candidats: autres}
}

// champ is the criterion at fault, by the name of its field.
func champ(field string) Raison {
	if field == "nom_usage" {
		return "nom_famille"
	}
	if field == "prenom2" || field == "prenom3" {
		return "prenom"
	}
	return Raison(field)
}

// Certaine tells whether the five criteria are the same: name, first name, sexe, day and commune of birth, whatever the
// accents. Born abroad is no place: many children of the same name are said to be born abroad on a first of January.
func Certaine(a, b eleve.Identite) bool {
	return rapprochement.Plier(a.NomFamille) == rapprochement.Plier(b.NomFamille) && rapprochement.Plier(a.Prenom) == rapprochement.Plier(b.Prenom) &&
		a.Sexe == b.Sexe && a.DateNaissance.Equal(b.DateNaissance) &&
		!a.NeEtranger && !b.NeEtranger && a.CommuneNaissance == b.CommuneNaissance &&
		compatibles(a.Prenom2, b.Prenom2) && compatibles(a.Prenom3, b.Prenom3)
}

// compatibles: a second name may be missing, not differ.
func compatibles(a, b string) bool {
	return a == "" || b == "" || rapprochement.Plier(a) == rapprochement.Plier(b)
}

// identite is an identity as the base gives it.
type identite struct {
	ID               uuid.UUID
	NomFamille       string
	NomUsage         string
	Prenom           string
	Prenom2          string
	Prenom3          string
	Sexe             eleve.Sexe
	DateNaissance    time.Time
	NeEtranger       bool
	CommuneNaissance string
}

const identiteSQL = `
	e.id, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger,
	coalesce(e.commune_naissance_insee, '') as commune_naissance`

func (i identite) domain() eleve.Identite {
	return eleve.Identite{
		NomFamille: i.NomFamille, NomUsage: i.NomUsage, Prenom: i.Prenom, Prenom2: i.Prenom2, Prenom3: i.Prenom3,
		Sexe: i.Sexe, DateNaissance: i.DateNaissance, NeEtranger: i.NeEtranger, CommuneNaissance: i.CommuneNaissance,
	}
}

// Comparer tells how alike two identities are, from 0 to 1, and why.
func Comparer(a, b eleve.Identite) (float64, []rapprochement.Raison) {
	return rapprochement.Comparer(compare(a), compare(b))
}

// compare is the identity as it is compared with another.
func compare(i eleve.Identite) rapprochement.Identite {
	return rapprochement.Identite{
		NomFamille: i.NomFamille, NomUsage: i.NomUsage, Prenom: i.Prenom, Prenom2: i.Prenom2, Prenom3: i.Prenom3,
		Sexe: string(i.Sexe), Naissance: i.DateNaissance, CommuneNaissance: i.CommuneNaissance,
	}
}

// dossier is a row of immatriculation, as the base gives it.
type dossier struct {
	EleveID  uuid.UUID
	EcoleUAI string
	Version  int
	Etat     Etat
	Raison   Raison
	Numero   bool
}

func (d dossier) immatriculation() Immatriculation {
	return Immatriculation{
		EleveID: d.EleveID, Ecole: d.EcoleUAI, Version: d.Version, Etat: d.Etat, Raison: d.Raison, Numero: d.Numero,
	}
}

// candidat is a file found, as the base gives it.
type candidat struct {
	identite
	Present bool
}

// candidats are the files that bear a number and may be the same child's, with how alike they are.
func (r Registre) candidats(ctx context.Context, tx territoire.Tx, d demande) ([]Candidat, error) {
	i := d.identite.domain()
	rows, err := territoire.Lignes[candidat](ctx, tx, `select * from ine_candidats($1, $2)`, d.EleveID, r.Now())
	if err != nil {
		return nil, err
	}
	list := make([]Candidat, len(rows))
	for k, c := range rows {
		list[k] = Candidat{ID: c.ID, Identite: c.domain(), Present: c.Present}
		list[k].Score, list[k].Raisons = Comparer(i, list[k].Identite)
	}
	return list, nil
}
