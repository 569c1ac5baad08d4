package ouverture

import (
	"strconv"
	"strings"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/onde"
)

// Lieu is a territory of the département, for a role.
type Lieu struct {
	Role habilitation.Role
	Code string
	Nom  string // of a school or of a collège, without its commune
	Ou   string // the commune of a school or of a collège
}

// Complet is the territory as a list shows it.
func (l Lieu) Complet() string { return strings.TrimSuffix(l.Nom+", "+l.Ou, ", ") }

// lieuxSQL reads all the territories that a file may name.
const lieuxSQL = `
	select 'directeur' as role, e.uai as code, e.nom, k.nom as ou from ecole e join commune k on k.insee = e.commune_insee
	where e.departement_code = portee_dsden() and e.ouverte
	union all
	select 'mairie', insee, nom, '' from commune where departement_code = portee_dsden()
	union all
	select 'ien', uai, nom, '' from circonscription where departement_code = portee_dsden()
	union all
	select 'college', g.uai, g.nom, k.nom from college g join commune k on k.insee = g.commune_insee
	where k.departement_code = portee_dsden() and g.ouvert`

// index finds territories by their code, and by their name.
type index map[string][]Lieu

func indexer(lieux []Lieu) index {
	x := index{}
	for _, l := range lieux {
		keys := map[string]bool{}
		for _, said := range []string{l.Code, l.Nom, l.Complet(), l.Nom + " " + l.Ou} {
			keys[x.key(l.Role, said)] = true
		}
		for key := range keys {
			x[key] = append(x[key], l)
		}
	}
	return x
}

func (x index) key(role habilitation.Role, said string) string {
	return string(role) + " " + commune.Plier(said)
}

// situer gives each line its territory, and says what is wrong with those that name none, or several.
func (l *Lecture) situer(lieux []Lieu) {
	x := indexer(lieux)
	kept := l.Lignes[:0]
	for _, p := range l.Lignes {
		found := x[x.key(p.Role, p.Territoire)]
		if len(found) == 1 {
			p.Lieu = found[0]
			kept = append(kept, p)
			continue
		}
		fault := onde.Erreur{
			Ligne: p.No, Colonne: "territoire", Valeur: p.Territoire, Motif: "Aucun territoire de votre département ne répond à ce nom ou à ce code.",
			Remede: "Vérifiez-le\u00a0: code UAI d’une école, code INSEE d’une commune, ou nom entier.",
		}
		if len(found) > 1 {
			fault.Motif, fault.Remede = strconv.Itoa(len(found))+" territoires répondent à ce nom.", "Écrivez le code à la place du nom, par exemple "+found[0].Code+"."
		}
		l.Erreurs = append(l.Erreurs, fault)
	}
	l.Lignes = kept
}
