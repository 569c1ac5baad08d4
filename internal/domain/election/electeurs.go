package election

import "github.com/google/uuid"

// Lien is a person who holds the parental authority over a pupil of the school. Nothing of the pupil is read but who he is.
type Lien struct {
	Enfant      uuid.UUID
	Responsable uuid.UUID
	Lien        string // of lien_responsable
	Personne
}

// LiensSQL reads them for the pupils present on a day ($2) in the school of an election ($1), in the order of the names; none
// once its list is fixed.
const LiensSQL = `
	select l.eleve_id as enfant, r.id as responsable, l.lien, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme
	from election x join scolarite s on s.ecole_uai = x.ecole_uai and s.annee = x.annee
	join lien_responsable l on l.eleve_id = s.eleve_id join responsable r on r.id = l.responsable_id
	where x.id = $1 and x.arretee_le is null and s.etat in ('admis_definitif', 'radie') and s.date_admission <= $2
		and (s.date_radiation is null or s.date_radiation > $2) and l.autorite_parentale
	order by cle_nom(case when r.organisme <> '' then r.organisme when r.nom_usage <> '' then r.nom_usage || ' ' || r.prenom || ' ' || r.nom_famille
		else r.nom_famille || ' ' || r.prenom end), r.id, l.eleve_id`

// parent tells whether the authority is that of a father or of a mother.
func (l Lien) parent() bool { return l.Lien == "mere" || l.Lien == "pere" }

// Electeur is a voter.
type Electeur struct {
	Lien
	Tiers bool // votes in the place of the parents
}

// Electeurs are the voters that these links make, in their order: one voice for each person however many children he has
// in the school. A third party who holds the authority over a child votes in the place of his parents, once if he is a
// parent himself (arrêté of 13 May 1985, art. 1).
func Electeurs(liens []Lien) []Electeur {
	confies := map[uuid.UUID]bool{}
	for _, l := range liens {
		if !l.parent() {
			confies[l.Enfant] = true
		}
	}
	var list []Electeur
	place := map[uuid.UUID]int{}
	for _, l := range liens {
		if l.parent() && confies[l.Enfant] {
			continue
		}
		i, known := place[l.Responsable]
		if !known {
			place[l.Responsable] = len(list)
			list = append(list, Electeur{Lien: l, Tiers: !l.parent()})
		} else if l.parent() {
			list[i].Tiers = false
		}
	}
	return list
}
