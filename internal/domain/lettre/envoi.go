package lettre

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
)

// Maximum is how many pupils a sending may be about: those of the largest schools, in a file that an office prints.
const Maximum = 500

// Destine is a pupil about whom the school writes.
type Destine struct {
	foyer.Enfant
	Sexe          eleve.Sexe
	DateNaissance time.Time
	Niveau        ecole.Niveau
	Enseignant    string
	Ailleurs      bool // his file is in another school: nobody of his family is known here any more
	Ecarte        bool // by the directeur
}

func (d Destine) nom() string { return eleve.NomAffiche(d.NomFamille, d.NomUsage) }

// Nom is the pupil on a list.
func (d Destine) Nom() string { return eleve.NomListe(d.NomFamille, d.NomUsage, d.Prenom) }

// Pli is a letter to one home, or to one of those who live there.
type Pli struct {
	foyer.Maison
	Eleve Destine // the first of Enfants; the only one, of a letter that speaks of one pupil
}

// EnMain says why the letter is handed over, "" when it goes by post.
func (p Pli) EnMain() string {
	switch {
	case len(p.Adresse) > 0:
		return ""
	case p.Cachee:
		return "adresse protégée"
	}
	return "adresse inconnue"
}

// Omis is somebody who receives nothing, and why.
type Omis struct {
	Eleve    Destine
	Personne string // "" for the whole family
	Pourquoi string
}

// Choix is how a sending is addressed.
type Choix struct {
	ParPersonne bool // a letter to each holder of parental authority, though they live together
	ParFoyer    bool // one for all the children of a home: the letter speaks of none
}

// Plis are the letters of a sending, in the order of the pupils, and those whom it leaves out. Each home where somebody
// exercises parental authority has its own (foyer.De): both parents, together or apart.
func Plis(eleves []Destine, gens map[uuid.UUID][]foyer.Personne, c Choix) (plis []Pli, omis []Omis) {
	var written []Destine
	for _, d := range eleves {
		switch {
		case d.Ecarte:
			omis = append(omis, Omis{d, "", "Vous l’avez retiré de l’envoi."})
		case d.Ailleurs:
			omis = append(omis, Omis{d, "", "Son dossier est dans une autre école."})
		default:
			written = append(written, d)
		}
	}
	for _, m := range maisons(written, gens, c.ParFoyer) {
		parts := []foyer.Maison{m.Maison}
		if c.ParPersonne {
			parts = m.Separees()
		}
		for _, part := range parts {
			plis = append(plis, Pli{part, m.Eleve})
		}
	}
	return plis, append(omis, sansAutorite(written, plis, gens)...)
}

// maisons are the homes to which one writes: those of each pupil, or each once for all its children.
func maisons(list []Destine, gens map[uuid.UUID][]foyer.Personne, together bool) (all []Pli) {
	byID, enfants := map[uuid.UUID]Destine{}, make([]foyer.Enfant, len(list))
	for i, d := range list {
		byID[d.ID], enfants[i] = d, d.Enfant
	}
	var homes []foyer.Maison
	if together {
		homes = foyer.Maisons(enfants, gens)
	} else {
		for _, e := range enfants {
			for _, f := range e.Foyers(gens[e.ID]) {
				homes = append(homes, e.Chez(f, gens[e.ID]))
			}
		}
	}
	for _, m := range homes {
		all = append(all, Pli{m, byID[m.Enfants[0].ID]})
	}
	return all
}

// sansAutorite are those responsible for a pupil to whom nobody writes.
func sansAutorite(list []Destine, plis []Pli, gens map[uuid.UUID][]foyer.Personne) (omis []Omis) {
	type lien struct{ eleve, personne uuid.UUID }
	written := map[lien]bool{}
	for _, p := range plis {
		for _, e := range p.Enfants {
			for _, g := range p.Gens {
				written[lien{e.ID, g.ID}] = true
			}
		}
	}
	for _, d := range list {
		for _, g := range gens[d.ID] {
			if !written[lien{d.ID, g.ID}] {
				omis = append(omis, Omis{d, g.Nom(), strings.ToLower(g.Lien.Label()) + ", sans autorité parentale"})
			}
		}
	}
	return omis
}

// Faits are what the fields of the letter say in this one.
func (p Pli) Faits(f Faits) Faits {
	f.Eleve, f.Gens = p.Eleve, p.Gens
	return f
}
