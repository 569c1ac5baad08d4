package monde

import (
	"fmt"
	"math"
	"slices"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

// National figures, rounded: six and a half million pupils in 48,000 schools.
const (
	elevesDeFrance = 6_500_000
	parCommune     = 50  // pupils that make a village keep its own school
	parQuartier    = 290 // pupils of a group of schools in a town
	parCirco       = 5_800
	parCollege     = 930
)

// Nation is a world of that many pupils: whole départements, Hautes-Pyrénées first, at the density of the nation; all
// of them from six and a half million on.
func Nation(o Options, eleves int) *Plan {
	n := &nation{plan: &Plan{Options: o}, reste: eleves, villes: communesParDepartement()}
	n.densite = math.Max(elevesDeFrance, float64(eleves)) / n.habitants()
	for _, d := range n.departements() {
		if n.reste > 0 {
			n.peupler(d)
		}
	}
	n.plan.Communes = n.plan.communesOf()
	n.plan.nommerDirecteurs()
	return n.plan
}

// nation is a plan being drawn.
type nation struct {
	plan    *Plan
	villes  map[string][]commune.Commune
	densite float64 // pupils per inhabitant
	reste   int     // pupils still to be placed
	report  float64 // less than a pupil, carried from one commune to the next
	trace   *trace
}

// departements lists those of the Republic, the one of the demonstration first.
func (n *nation) departements() []commune.Departement {
	first, _ := commune.FindDepartement("65")
	list := []commune.Departement{first}
	for _, d := range commune.Departements() {
		if d.Code != first.Code && d.Academie.Code != "" && (d.Code < "975" || d.Code == "976") {
			list = append(list, d)
		}
	}
	return list
}

func (n *nation) habitants() (sum float64) {
	for _, d := range n.departements() {
		for _, c := range n.villes[d.Code] {
			sum += float64(c.Population)
		}
	}
	return sum
}

func communesParDepartement() map[string][]commune.Commune {
	byDepartement := map[string][]commune.Commune{}
	for c := range commune.All() {
		if c.Statut == commune.DePleinExercice && c.Population > 0 {
			byDepartement[c.Departement] = append(byDepartement[c.Departement], c)
		}
	}
	return byDepartement
}

// peupler draws the schools of a département, commune by commune; the smallest share one.
func (n *nation) peupler(d commune.Departement) {
	if !slices.Contains(n.plan.Academies, d.Academie) {
		n.plan.Academies = append(n.plan.Academies, d.Academie)
	}
	n.plan.Departements = append(n.plan.Departements, d)
	n.trace = newTrace(n.plan, d)
	var pool []commune.Commune
	var sum float64
	for i, c := range n.villes[d.Code] {
		pool = append(pool, c)
		sum += float64(c.Population) * n.densite
		if own := float64(c.Population)*n.densite >= parCommune; !own && sum < parCommune && i < len(n.villes[d.Code])-1 {
			continue
		}
		n.report += sum
		effectif := min(int(math.Round(n.report)), n.reste)
		n.report -= float64(effectif)
		n.reste -= effectif
		n.trace.communes(pool, effectif)
		pool, sum = nil, 0
		if n.reste == 0 {
			return
		}
	}
}

// trace draws the schools of one département.
type trace struct {
	plan          *Plan
	departement   commune.Departement
	numero, rpi   int // last given
	dansLaCirco   int
	sansCollege   int
	circos        int
	collegesCount int
	voisine       commune.Commune // drawn just before
}

func newTrace(p *Plan, d commune.Departement) *trace { return &trace{plan: p, departement: d} }

// communes draws the schools of a commune, or of several that are too small for their own.
func (t *trace) communes(pool []commune.Commune, effectif int) {
	if effectif == 0 {
		return
	}
	slices.SortStableFunc(pool, func(a, b commune.Commune) int { return b.Population - a.Population })
	villages := len(pool) > 1 && effectif >= 30 && effectif < parQuartier // a town may end a pool of villages
	if villages && len(t.plan.Secteurs)%2 == 0 {
		t.regrouper(pool, effectif)
		return
	}
	quartiers := max(1, int(math.Round(float64(effectif)/parQuartier)))
	for i := range quartiers {
		t.quartier(pool, i, effectif*(i+1)/quartiers-effectif*i/quartiers)
	}
	t.voisine = pool[0]
}

// quartier draws one primary school, or an école maternelle and the école élémentaire after it.
func (t *trace) quartier(pool []commune.Commune, i, effectif int) {
	at := pool[0]
	switch {
	case (t.numero+i)%9 == 4 && effectif > 60:
		t.add(pool, t.ecole(at, ecole.Primaire, effectif).privee())
	case effectif < 120 || (t.numero+i)%3 == 0:
		t.add(pool, t.ecole(at, ecole.Primaire, effectif))
	default:
		petits := effectif * 37 / 100
		t.add(pool, t.ecole(at, ecole.Maternelle, petits), t.ecole(at, ecole.Elementaire, effectif-petits).apres(0))
	}
}

// regrouper shares the levels between two villages.
func (t *trace) regrouper(pool []commune.Commune, effectif int) {
	t.rpi++
	r := RPI{fmt.Sprintf("%s%03d", prefixe(t.departement.Code), 500+t.rpi), t.departement.Code}
	t.plan.RPIs = append(t.plan.RPIs, r)
	petits := effectif * 55 / 100
	t.add(pool, t.ecole(pool[0], ecole.Primaire, petits).rpi(r, niveaux[:5]),
		t.ecole(pool[1], ecole.Elementaire, effectif-petits).rpi(r, niveaux[5:]).apres(0))
}

func (t *trace) add(pool []commune.Commune, ecoles ...Ecole) {
	s := Secteur{Ecoles: ecoles}
	s.Departement, s.Residences, s.Maternites = t.departement.Code, t.residences(pool), maternites(t.departement.Code)
	t.plan.Secteurs = append(t.plan.Secteurs, s)
	t.sansCollege += s.Effectif()
	if t.sansCollege >= parCollege {
		t.sansCollege = 0
		t.college(pool[0])
	}
}

// residences is where the families of a school live: in its commune, or its communes, and one in ten in the next.
func (t *trace) residences(pool []commune.Commune) []commune.Commune {
	if len(pool) > 1 || t.voisine.Insee == "" {
		return pool
	}
	return append(slices.Repeat(pool, 9), t.voisine)
}

// ecole numbers a school, names it and puts it in the circonscription being filled.
func (t *trace) ecole(at commune.Commune, typ ecole.Type, effectif int) Ecole {
	if t.circos == 0 || t.dansLaCirco >= parCirco {
		t.circonscription(at)
	}
	t.dansLaCirco += effectif
	t.numero++
	nom := typ.Libelle()
	if effectif > 120 || at.Population > 5000 {
		nom += " " + nomsDEcole[t.numero%len(nomsDEcole)]
	}
	return newEcole(t.uai(numeroDEcole(t.numero)), nom, typ, at.Insee, t.circo(), effectif)
}

// Ranges of the numbers of each département: real ones are lower, and 9999 is the DSDEN.
const (
	premiereCirco   = 9600
	premierCollege  = 9680
	premiereEcole   = 9000
	premiereDEcoles = 5000 // once 9001 to 9599 are taken
)

func numeroDEcole(n int) int {
	if premiereEcole+n < premiereCirco {
		return premiereEcole + n
	}
	return premiereDEcoles + n
}

func (t *trace) uai(n int) string { return fmt.Sprintf("%s%04d", prefixe(t.departement.Code), n) }

// prefixe is the département as national codes write it.
func prefixe(departement string) string {
	switch {
	case departement == "2A":
		return "620"
	case departement == "2B":
		return "720"
	case len(departement) == 2:
		return "0" + departement
	}
	return departement
}

func (t *trace) circonscription(at commune.Commune) {
	t.circos++
	t.dansLaCirco = 0
	numero := t.uai(premiereCirco + t.circos)
	t.plan.Circonscriptions = append(t.plan.Circonscriptions,
		Circonscription{numero + ecole.Cle23(numero), fmt.Sprintf("%s %d", at.Nom, t.circos), t.departement.Code})
}

func (t *trace) circo() Circonscription {
	return t.plan.Circonscriptions[len(t.plan.Circonscriptions)-1]
}

func (t *trace) college(at commune.Commune) {
	t.collegesCount++
	secteur := "public"
	if t.collegesCount%5 == 0 {
		secteur = "prive"
	}
	nom := "Collège " + nomsDEcole[(t.collegesCount*7)%len(nomsDEcole)]
	t.plan.Colleges = append(t.plan.Colleges, newCollege(t.uai(premierCollege+t.collegesCount), nom, secteur, at.Insee))
}

var nomsDEcole = []string{
	"Jean-Jaurès", "Marie-Curie", "Jules-Ferry", "Simone-Veil", "des Tilleuls", "Louis-Pasteur", "Olympe-de-Gouges",
	"du Parc", "Antoine-de-Saint-Exupéry", "George-Sand", "des Marronniers", "Jean-Moulin", "Berthe-Morisot", "du Centre",
	"Victor-Hugo", "Colette", "Jean-de-La-Fontaine", "Germaine-Tillion", "du Moulin", "Émile-Zola", "Rosa-Bonheur",
	"Jean-Macé", "Louise-Michel", "des Coquelicots", "Paul-Éluard", "Jacques-Prévert", "Lucie-Aubrac", "du Château",
	"Condorcet", "Camille-Claudel", "Le Petit-Prince", "Joséphine-Baker", "Célestin-Freinet", "Maryse-Bastié",
	"des Acacias", "Pauline-Kergomard", "Voltaire", "Sophie-Germain", "Les Hirondelles", "Charles-Perrault",
	"Aristide-Briand", "Alexandra-David-Néel", "Les Cigales", "Robert-Doisneau", "Hélène-Boucher", "Georges-Brassens",
}
