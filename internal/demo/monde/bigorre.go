package monde

import (
	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

// The territories of the demonstration. The communes exist; nothing else does.
const (
	tarbes     = "65440"
	semeac     = "65417"
	chis       = "65146"
	lourdes    = "65286"
	bagneres   = "65059"
	bartres    = "65070"
	lauBalag   = "65267"
	saintSavin = "65396"
	marciac    = "32233"
	mielan     = "32252"
)

var (
	adour    = Circonscription{"0659901" + ecole.Cle23("0659901"), "Tarbes-Adour", "65"}
	gaves    = Circonscription{"0659902" + ecole.Cle23("0659902"), "Lourdes-Bagnères", "65"}
	astarac  = Circonscription{"0329901" + ecole.Cle23("0329901"), "Mirande-Astarac", "32"}
	lavedan  = RPI{"065901", "65"}
	elements = ecole.Elementaire.Niveaux()
)

// Bigorre is the département of demonstration: twelve schools of Hautes-Pyrénées, and two of the Gers, so that there is
// a neighbour who must see nothing.
func Bigorre(o Options) *Plan {
	p := &Plan{
		Options:          o,
		Circonscriptions: []Circonscription{adour, gaves, astarac},
		RPIs:             []RPI{lavedan},
	}
	for _, code := range []string{"65", "32"} {
		d, _ := commune.FindDepartement(code)
		p.Departements = append(p.Departements, d)
	}
	p.Academies = []commune.Academie{p.Departements[0].Academie}
	p.Secteurs = bigorreSecteurs()
	p.Communes = p.communesOf()
	p.Colleges = []College{
		newCollege("0659801", "Collège Alexandra-David-Néel", "public", tarbes),
		newCollege("0659802", "Collège Norbert-Casteret", "public", lourdes),
		newCollege("0659803", "Collège Saint-Augustin", "prive", tarbes),
	}
	p.nommerDirecteurs()
	return p
}

func bigorreSecteurs() []Secteur {
	return []Secteur{
		secteur([]Ecole{
			newEcole("0659001", "École maternelle des Haras", ecole.Maternelle, tarbes, adour, 118),
			newEcole("0659002", "École élémentaire Jean-Jaurès", ecole.Elementaire, tarbes, adour, 236).apres(0),
			newEcole("0659003", "École primaire Berthe-Morisot", ecole.Primaire, tarbes, adour, 249),
			newEcole("0659004", "École primaire privée Sainte-Claire", ecole.Primaire, tarbes, adour, 172).privee(),
		}, tarbes, tarbes, tarbes, tarbes, tarbes, tarbes, tarbes, "65047", "65331"),
		secteur([]Ecole{
			newEcole("0659005", "École primaire des Tilleuls", ecole.Primaire, semeac, adour, 124),
			newEcole("0659006", "École primaire", ecole.Primaire, chis, adour, 42),
		}, semeac, semeac, semeac, chis, "65047"),
		secteur([]Ecole{
			newEcole("0659007", "École maternelle des Gaves", ecole.Maternelle, lourdes, gaves, 72),
			newEcole("0659008", "École élémentaire Marie-Curie", ecole.Elementaire, lourdes, gaves, 146).apres(0),
			newEcole("0659009", "École primaire", ecole.Primaire, bartres, gaves, 19),
		}, lourdes, lourdes, lourdes, lourdes, lourdes, bartres),
		secteur([]Ecole{
			newEcole("0659010", "École primaire de l’Adour", ecole.Primaire, bagneres, gaves, 163),
		}, bagneres, bagneres, bagneres, bagneres, "65078"),
		secteur([]Ecole{
			newEcole("0659011", "École primaire", ecole.Primaire, lauBalag, gaves, 36).rpi(lavedan, ecole.Niveaux()[:5]),
			newEcole("0659012", "École élémentaire", ecole.Elementaire, saintSavin, gaves, 41).rpi(lavedan, elements[1:]).apres(0),
		}, lauBalag, saintSavin),
		secteur([]Ecole{newEcole("0329001", "École primaire", ecole.Primaire, marciac, astarac, 52)}, marciac),
		secteur([]Ecole{newEcole("0329002", "École primaire", ecole.Primaire, mielan, astarac, 30)}, mielan),
	}
}

func secteur(ecoles []Ecole, residences ...string) Secteur {
	s := Secteur{Ecoles: ecoles}
	for _, insee := range residences {
		c, _ := commune.Find(insee)
		s.Residences = append(s.Residences, c)
	}
	s.Departement = ecoles[0].Commune.Departement
	s.Maternites = maternites(s.Departement)
	return s
}

func newEcole(numero, nom string, t ecole.Type, insee string, c Circonscription, effectif int) Ecole {
	at, _ := commune.Find(insee)
	return Ecole{
		UAI: numero + ecole.Cle23(numero), Nom: nom, Type: t, Secteur: ecole.Public, Commune: at,
		Circonscription: c.UAI, Niveaux: t.Niveaux(), Effectif: effectif, Amont: -1, Adresse: "place de la Mairie",
	}
}

func (e Ecole) apres(amont int) Ecole { e.Amont = amont; return e }

func (e Ecole) privee() Ecole { e.Secteur = ecole.PriveAssociation; return e }

func (e Ecole) rpi(r RPI, niveaux []ecole.Niveau) Ecole {
	e.RPI, e.Niveaux = r.Code, niveaux
	return e
}

func newCollege(numero, nom, secteur, insee string) College {
	at, _ := commune.Find(insee)
	return College{numero + ecole.Cle23(numero), nom, secteur, at, "avenue des Sports"}
}

// communesOf lists the communes of the schools.
func (p *Plan) communesOf() []commune.Commune {
	var list []commune.Commune
	seen := map[string]bool{}
	for _, s := range p.Secteurs {
		for _, e := range s.Ecoles {
			if !seen[e.Commune.Insee] {
				seen[e.Commune.Insee] = true
				list = append(list, e.Commune)
			}
		}
	}
	return list
}

// nommerDirecteurs gives each school the name of its directeur.
func (p *Plan) nommerDirecteurs() {
	for i := range p.Secteurs {
		for j := range p.Secteurs[i].Ecoles {
			e := &p.Secteurs[i].Ecoles[j]
			civilite, nom, prenom := invention.New(p.Graine, "directeur "+e.UAI).Adulte(p.Secteurs[i].Departement, 1978)
			e.Directeur = Personne{civilite, nom, prenom}
		}
	}
}
