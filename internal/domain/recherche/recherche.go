package recherche

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// Trouve is a pupil found, and why.
type Trouve struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Prenom2       string
	Sexe          eleve.Sexe
	DateNaissance time.Time
	Ecole         string
	Commune       string
	Etat          scolarite.Etat // "" before any
	Responsable   string         // the one by whom he was found, "" when he answers himself

	part    float64
	raisons []string
}

// Nom is the pupil on a list.
func (t Trouve) Nom() string { return eleve.NomListe(t.NomFamille, t.NomUsage, t.Prenom) }

// Raisons are why he was found, as they are shown.
func (t Trouve) Raisons() string { return strings.Join(t.raisons, ", ") }

// trouverSQL reads under row security those whose ids the index gives. A date alone or beside a name is that of the
// child: no responsable is looked for.
const trouverSQL = `
	with trouve as (
		select id as eleve_id, null::uuid as responsable_id from eleves_trouves($1, $2, $3) where $4 = ''
		union all
		select l.eleve_id, t.id from responsables_trouves($1, $4) t join lien_responsable l on l.responsable_id = t.id
		where $2::date is null)
	select e.id, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.sexe, e.date_naissance, coalesce(ec.nom, '') as ecole,
		coalesce(c.nom, '') as commune, coalesce(s.etat, '') as etat,
		coalesce(trim(case r.nature when 'organisme' then r.organisme
			else concat_ws(' ', r.civilite, coalesce(nullif(r.nom_usage, ''), r.nom_famille), r.prenom) end), '') as responsable
	from trouve t
	join eleve e on e.id = t.eleve_id
	left join responsable r on r.id = t.responsable_id
	left join ecole ec on ec.uai = e.ecole_uai
	left join commune c on c.insee = e.mairie_insee
	left join lateral (select etat from scolarite where eleve_id = e.id and etat <> 'annulee'
		order by annee desc, date_effet desc limit 1) s on true
	where e.etat not in ('fusionne', 'errone')
	order by e.cle_nom, e.id`

// Queue looks for those who answer to what was typed; Trouves makes a list of them.
func Queue(l *territoire.Lecture, dst *[]Trouve, r Requete) {
	var du, au *time.Time
	if !r.Du.IsZero() {
		du, au = &r.Du, &r.Au
	}
	territoire.Toutes(l, dst, trouverSQL, r.Noms, du, au, r.Tel)
}

// Trouves keeps each pupil once with all that he was found by, those who answer best first. Nobody is shown for a letter
// mistyped when others answer as it was written.
func Trouves(lignes []Trouve, r Requete) []Trouve {
	var list []Trouve
	place := map[uuid.UUID]int{}
	for _, t := range lignes {
		if !t.justifier(r) {
			continue
		}
		i, seen := place[t.ID]
		if !seen {
			place[t.ID] = len(list)
			list = append(list, t)
			continue
		}
		list[i].joindre(t)
	}
	slices.SortStableFunc(list, func(a, b Trouve) int { return cmp.Compare(b.part, a.part) })
	if len(list) > 0 && list[0].part >= rapprochement.Exacte {
		list = slices.DeleteFunc(list, func(t Trouve) bool { return t.part < rapprochement.Exacte })
	}
	return list
}

// joindre adds what the pupil was found by a second time: by himself first, then by his parents.
func (t *Trouve) joindre(autre Trouve) {
	first, then := t.raisons, autre.raisons
	if t.Responsable != "" && autre.Responsable == "" {
		first, then = then, first
		t.Responsable = ""
	}
	t.part = max(t.part, autre.part)
	t.raisons = slices.Clone(first)
	for _, r := range then {
		if !slices.Contains(t.raisons, r) {
			t.raisons = append(t.raisons, r)
		}
	}
}

// justifier says why the line answers; false when it does not, whatever the index thought.
func (t *Trouve) justifier(r Requete) bool {
	switch {
	case r.Tel != "":
		t.part, t.raisons = 1, []string{"téléphone de " + t.Responsable}
		return true
	case t.Responsable != "":
		answer := rapprochement.Repondre(r.Noms, rapprochement.Identite{NomFamille: t.Responsable})
		t.part, t.raisons = answer.Part*partResponsable, []string{"responsable\u00a0: " + t.Responsable}
		return answer.Part > 0
	case r.Noms == "":
		t.part = 1
	default:
		answer := rapprochement.Repondre(r.Noms, rapprochement.Identite{
			NomFamille: t.NomFamille, NomUsage: t.NomUsage, Prenom: t.Prenom, Prenom2: t.Prenom2,
		})
		if t.part = answer.Part; t.part == 0 {
			return false
		}
		for _, raison := range answer.Raisons {
			t.raisons = append(t.raisons, string(raison))
		}
	}
	if !r.Du.IsZero() {
		t.raisons = append(t.raisons, naissance(r))
	}
	return true
}

// partResponsable sets a pupil found by a parent after those found by their own name.
const partResponsable = 0.95

func naissance(r Requete) string {
	if r.Du.Equal(r.Au) {
		return "naissance le " + date.Court(r.Du)
	}
	return "naissance en " + r.Du.Format("2006")
}
