package invention

// Proche is somebody whom a family trusts with its children.
type Proche struct {
	Nom, Prenom          string
	Lien                 string // as personne_autorisee.lien
	TelPortable, TelFixe string
	Urgence, Autorisee   bool
}

// proches are those whom families name, and how many of each in a hundred.
var proches = []struct {
	percent int
	lien    string
	age     [2]int // years older than the child
}{
	{48, "ascendant", [2]int{48, 70}}, {17, "autre_famille", [2]int{20, 50}}, {11, "voisin", [2]int{25, 65}},
	{11, "ami", [2]int{24, 46}}, {9, "garde_enfant", [2]int{20, 58}}, {4, "fratrie", [2]int{8, 14}},
}

// Proche invents one. Grandparents and brothers bear the name of the children, often.
func (s Source) Proche(f *Famille, departement string, naissance int) Proche {
	n, i := s.IntN(100), 0
	for n -= proches[0].percent; n >= 0; n -= proches[i].percent {
		i++
	}
	kind := proches[i]
	_, nom, prenom := s.Adulte(departement, naissance-s.Between(kind.age[0], kind.age[1]))
	if kind.lien == "fratrie" || kind.lien == "ascendant" && s.Chance(50) {
		nom = f.nom
	}
	p := Proche{Nom: nom, Prenom: prenom, Lien: kind.lien, TelPortable: s.mobile(), Urgence: s.Chance(80), Autorisee: s.Chance(75)}
	if kind.lien == "ascendant" && s.Chance(45) {
		p.TelFixe = s.fixe()
	}
	p.Autorisee = p.Autorisee || !p.Urgence
	return p
}

// assureurs are companies that do not exist.
var assureurs = []string{"Mutuelle scolaire des Vallées", "Assurance des Familles du Sud", "Prévoyance gasconne", "Mutuelle Aneto", "Garantie des Écoliers"}

// Assureur names a company and a contract.
func (s Source) Assureur() (compagnie, contrat string) {
	return Common(s, assureurs), s.contrat()
}

func (s Source) contrat() string {
	const digits = "0123456789"
	b := make([]byte, 8)
	for i := range b {
		b[i] = digits[s.IntN(len(digits))]
	}
	return "SC" + string(b)
}
