package sixieme

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
)

// Trouve is what the base knows of a line.
type Trouve struct {
	Ligne     int
	Eleve     uuid.UUID
	Nom       string // as the list names him
	UAI       string // of his school
	Actuel    string // UAI of his collège, "" when he has none
	ActuelNom string
	Recu      bool
	Nouveau   string // name of the collège asked for, "" when there is no such collège that is open
	Nombre    int    // pupils who answer to the line
}

const trouverSQL = `
	select l.ligne, p.eleve_id as eleve, upper(p.nom_famille) || ' ' || p.prenom as nom, p.ecole_uai as uai,
		coalesce(a.college_uai, '') as actuel, coalesce(ag.nom, '') as actuel_nom, coalesce(a.etat = 'recu', false) as recu,
		coalesce(g.nom, '') as nouveau, count(*) over (partition by l.ligne) as nombre
	from unnest($1::int[], $2::text[], $3::text[], $4::date[], $5::text[]) as l (ligne, ine, nom, naissance, college)
	join scolarite p on p.annee = $6 - 1 and p.etat = 'admis_definitif' and ` + PartantSQL + `
		and p.eleve_id in (
			select i.eleve_id from immatriculation i where l.ine <> '' and i.ine = l.ine
			union all select e.id from eleve e where l.ine = '' and e.date_naissance = l.naissance and e.cle_nom = cle_nom(l.nom))
	left join affectation_6e a on a.eleve_id = p.eleve_id and a.annee = $6 and a.etat in ('affecte', 'recu')
	left join college ag on ag.uai = a.college_uai
	left join college g on g.uai = l.college and g.ouvert
	order by l.ligne, p.eleve_id`

// Plan is what a file would change.
type Plan struct {
	Lues    int
	Trouves []Trouve // those who change
	Choix   []Choix  // what they are changed to, in the same order
	Erreurs []onde.Erreur
}

// Prepare tells whether the plan can be applied: a file with one fault changes nothing.
func (p Plan) Prepare() bool { return len(p.Erreurs) == 0 && len(p.Trouves) > 0 }

// Empreinte tells a plan from another: what was shown is what is applied.
func (p Plan) Empreinte() string {
	var b strings.Builder
	for i, t := range p.Trouves {
		fmt.Fprintf(&b, "%s>%s;", t.Eleve, p.Choix[i].College)
	}
	return uuid.NewSHA1(uuid.Nil, []byte(b.String())).String()
}

// Planifier looks the pupils of a file up, and says what it would change and what is wrong with it.
func Planifier(ctx context.Context, tx territoire.Tx, annee ecole.Annee, contenu []byte) (Plan, error) {
	list, erreurs, err := Lire(contenu)
	if err != nil {
		return Plan{}, err
	}
	var lignes []int
	var ines, noms, colleges []string
	var naissances []*time.Time
	for _, d := range list {
		lignes, ines, noms = append(lignes, d.Ligne), append(ines, d.INE), append(noms, d.Nom+" "+d.Prenom)
		colleges = append(colleges, d.College)
		var naissance *time.Time
		if !d.Naissance.IsZero() {
			naissance = &d.Naissance
		}
		naissances = append(naissances, naissance)
	}
	found, err := territoire.Lignes[Trouve](ctx, tx, trouverSQL, lignes, ines, noms, naissances, colleges, int(annee))
	if err != nil {
		return Plan{}, fmt.Errorf("sixieme: look the pupils up: %w", err)
	}
	return composer(list, erreurs, found), nil
}

// composer makes the plan of the lines and of what the base knows of them.
func composer(list []Demande, erreurs []onde.Erreur, found []Trouve) Plan {
	p := Plan{Lues: len(list), Erreurs: erreurs}
	parLigne := map[int]Trouve{}
	for _, t := range found {
		parLigne[t.Ligne] = t
	}
	faux := map[int]bool{}
	for _, e := range erreurs {
		faux[e.Ligne] = true
	}
	deja := map[uuid.UUID]Demande{}
	for _, d := range list {
		if faux[d.Ligne] {
			continue
		}
		t := parLigne[d.Ligne]
		if motif, remede, name := d.contre(t, deja); motif != "" {
			p.Erreurs = append(p.Erreurs, onde.Erreur{Ligne: d.Ligne, Colonne: titres[name], Valeur: d.valeur(name), Motif: motif, Remede: remede})
			continue
		}
		if _, twice := deja[t.Eleve]; !twice && t.Actuel != d.College {
			p.Trouves, p.Choix = append(p.Trouves, t), append(p.Choix, Choix{t.Eleve, d.College})
		}
		deja[t.Eleve] = d
	}
	slices.SortStableFunc(p.Erreurs, func(a, b onde.Erreur) int { return a.Ligne - b.Ligne })
	return p
}

// contre is why a line is refused: the motive, the remedy, the column at fault.
func (d Demande) contre(t Trouve, deja map[uuid.UUID]Demande) (motif, remede, name string) {
	who := "nom"
	if d.INE != "" {
		who = "ine"
	}
	switch before, twice := deja[t.Eleve]; {
	case t.Nombre == 0:
		return "Aucun élève du département qui entre en 6e ne répond à cette ligne.", "Vérifiez l’élève, ou son passage avec la direction de son école.", who
	case t.Nombre > 1:
		return "Plusieurs élèves répondent à cette ligne.", "Désignez l’élève par son INE.", who
	case t.Nouveau == "":
		return "Aucun collège ouvert n’a ce code.", "Vérifiez le code dans l’annuaire.", "uai_college"
	case twice && before.College != d.College:
		return fmt.Sprintf("La ligne %d donne un autre collège au même élève.", before.Ligne), "Gardez une seule des deux lignes.", "uai_college"
	}
	return "", "", ""
}

func (d Demande) valeur(name string) string {
	return map[string]string{"ine": d.INE, "nom": strings.TrimSpace(d.Nom + " " + d.Prenom), "uai_college": d.College}[name]
}
