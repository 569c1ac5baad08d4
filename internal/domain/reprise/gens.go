package reprise

import (
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
)

// gens are the responsables of the school, found by name; one is shared by the brothers and sisters.
type gens struct {
	parNom map[string][]*personne
	rangs  map[uuid.UUID]int // last rank of each pupil
	vus    map[uuid.UUID]*personne
}

// personne is a responsable, of the base or that the file adds.
type personne struct {
	Responsable
	liens map[uuid.UUID]Responsable // by pupil
	cles  map[string]bool           // telephones, mail, home: what tells a homonym from the same person
	neuve bool
}

func newGens(b Base) *gens {
	g := &gens{parNom: map[string][]*personne{}, rangs: map[uuid.UUID]int{}, vus: map[uuid.UUID]*personne{}}
	for _, r := range b.Responsables {
		one := g.vus[r.ID]
		if one == nil {
			one = &personne{Responsable: r, liens: map[uuid.UUID]Responsable{}, cles: coordonnees(r)}
			g.ranger(one)
		}
		one.liens[r.EleveID] = r
		g.rangs[r.EleveID] = max(g.rangs[r.EleveID], r.Rang)
	}
	return g
}

// ranger makes a person found under each name he bears.
func (g *gens) ranger(one *personne) {
	g.vus[one.ID] = one
	for _, k := range one.noms() {
		g.parNom[k] = append(g.parNom[k], one)
	}
}

func (r Responsable) noms() []string {
	if r.Nature == string(eleve.Organisme) {
		return []string{"organisme|" + rapprochement.Plier(r.Organisme)}
	}
	keys := []string{cleNom(r.NomFamille, r.Prenom)}
	if usage := cleNom(r.NomUsage, r.Prenom); r.NomUsage != "" && usage != keys[0] {
		keys = append(keys, usage)
	}
	return keys
}

// coordonnees are what tells the same person: a telephone, a mail, a home.
func coordonnees(r Responsable) map[string]bool {
	keys := map[string]bool{}
	for _, t := range []string{r.TelDomicile, r.TelTravail, r.TelPortable, r.Courriel} {
		if t != "" {
			keys[rapprochement.Plier(t)] = true
		}
	}
	if home := ligneAdresse(r.Adresse, r.CodePostal, r.Commune, r.Pays); home != "" {
		keys["@"+home] = true
	}
	return keys
}

// trouver finds the person whom a line names: already a responsable of one of the children, or of the same name with a
// coordinate in common. An organisation is known by its name.
func (g *gens) trouver(r Responsable, enfants []uuid.UUID) *personne {
	var found *personne
	keys := coordonnees(r)
	for _, name := range r.noms() {
		for _, one := range g.parNom[name] {
			if slices.ContainsFunc(enfants, func(id uuid.UUID) bool { _, linked := one.liens[id]; return linked }) {
				return one
			}
			if found == nil && (r.Nature == string(eleve.Organisme) || partage(keys, one.cles)) {
				found = one
			}
		}
	}
	return found
}

func partage(a, b map[string]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// ligneResponsable works out a line of a file of responsables.
func (p *planification) ligneResponsable(r onde.Responsable) {
	one := lireResponsable(r)
	l := Ligne{No: r.Ligne, Nom: one.affiche(), Sort: Refuse}
	before := len(p.plan.Changements)
	if children, ok := p.enfants(r); ok && !p.refusees[r.Ligne] {
		var cree bool
		l.Champs, cree = p.lier(r, one, children)
		if l.Sort = sort(l.Champs); cree {
			l.Sort = Cree
		}
	}
	if l.Sort == Refuse {
		p.plan.Changements = p.plan.Changements[:before]
	}
	p.plan.Lignes = append(p.plan.Lignes, l)
}

// enfants finds the pupils of a line by their names; the class, then the number, tell homonyms apart.
func (p *planification) enfants(r onde.Responsable) ([]uuid.UUID, bool) {
	var ids []uuid.UUID
	for _, e := range r.Enfants {
		same := p.parNom[cleNom(e.NomFamille, e.Prenom)]
		if len(same) > 1 {
			same = filtrer(same, func(known *Eleve) bool {
				class := p.classes.nom(known.ClasseID)
				return e.INE != "" && known.INE == e.INE || e.Classe != "" && rapprochement.Plier(class) == rapprochement.Plier(e.Classe)
			})
		}
		switch len(same) {
		case 1:
			ids = append(ids, same[0].ID)
		case 0:
			p.avertir(r.Ligne, "Enfant", e.NomFamille+" "+e.Prenom, "Cet enfant n’est pas dans l’école, ou plusieurs portent son nom.",
				"Reprenez d’abord le fichier des élèves, ou ajoutez le responsable depuis le dossier.")
		default:
			p.avertir(r.Ligne, "Enfant", e.NomFamille+" "+e.Prenom, "Plusieurs élèves portent ce nom\u00a0: il n’est pas dit lequel.",
				"Ajoutez le responsable depuis le dossier de l’élève.")
		}
	}
	if len(ids) == 0 && len(r.Enfants) > 0 {
		p.refuser(r.Ligne, "Enfant", r.NomFamille+" "+r.Prenom, "Aucun enfant de cette ligne n’est dans l’école.",
			"Reprenez d’abord le fichier des élèves.")
	}
	return ids, len(ids) > 0
}

// entourer plans the responsables that a pupil's line gives.
func (p *planification) entourer(a *arrivant, id uuid.UUID) {
	for _, r := range a.Responsables {
		r.Ligne = a.Ligne
		champs, _ := p.lier(r, lireResponsable(r), []uuid.UUID{id})
		a.champs = append(a.champs, champs...)
	}
}

func (r Responsable) affiche() string {
	return eleve.Responsable{
		Nature: eleve.Nature(r.Nature), Civilite: r.Civilite, NomFamille: r.NomFamille, NomUsage: r.NomUsage, Prenom: r.Prenom, Organisme: r.Organisme,
	}.NomComplet()
}

// lireResponsable reads the person of a line as the base would hold him.
func lireResponsable(r onde.Responsable) Responsable {
	one := Responsable{
		Nature: string(eleve.Personne), Civilite: r.Civilite, NomFamille: eleve.NomPropre(r.NomFamille), NomUsage: eleve.NomPropre(r.NomUsage),
		Prenom: eleve.NomPropre(r.Prenom), Organisme: r.Organisme, TelDomicile: eleve.Telephone(r.TelDomicile),
		TelTravail: eleve.Telephone(r.TelTravail), TelPortable: eleve.Telephone(r.TelPortable), Courriel: r.Courriel,
	}
	if r.Organisme != "" && r.Prenom == "" {
		one.Nature = string(eleve.Organisme)
	}
	return one
}

// nettoyer leaves out the coordinates that the register would refuse.
func (p *planification) nettoyer(ligne int, r *Responsable) {
	at := map[string]*string{"tel_domicile": &r.TelDomicile, "tel_travail": &r.TelTravail, "tel_portable": &r.TelPortable, "courriel": &r.Courriel}
	typed := eleve.Responsable{TelDomicile: r.TelDomicile, TelTravail: r.TelTravail, TelPortable: r.TelPortable, Courriel: r.Courriel, MemeAdresse: true}
	for _, ref := range refusal.All(typed.Valider("")) {
		if value := at[ref.Field]; value != nil {
			p.avertir(ligne, libelles[ref.Field], *value, "Cette coordonnée n’est pas reconnue\u00a0: elle est laissée de côté.", ref.Motif)
			*value = ""
		}
	}
}
