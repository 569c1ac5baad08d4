package invention

// The functions of this file form the families of `situations`: who is responsible, and under which roof. What they
// share with the register is only its consequences: it has no place for a family's situation.

func ensemble(s Source, f *Famille, l Lieux, naissance int) {
	pere, mere := s.parents(f, l, naissance)
	if pere.Nom != mere.Nom && s.Chance(52) {
		mere.NomUsage = pere.Nom
	}
	if s.Chance(30) {
		pere.TelDomicile = s.fixe()
		mere.TelDomicile = pere.TelDomicile
	}
	f.Responsables = []Responsable{mere, pere}
	if s.Chance(35) {
		f.Responsables = []Responsable{pere, mere}
	}
}

// separes live in two homes; the children's is the mother's three times in four.
func separes(s Source, f *Famille, l Lieux, naissance int) {
	pere, mere := s.parents(f, l, naissance)
	ailleurs := s.adresseA(Pick(s, l.Residences))
	if gascon[l.Departement] && s.Chance(4) {
		ailleurs = s.enEspagne()
	}
	f.Foyers = append(f.Foyers, ailleurs)
	f.Responsables = []Responsable{mere, pere}
	if s.Chance(25) {
		f.Responsables = []Responsable{pere, mere}
	}
	f.Responsables[1].Foyer = 1
	if s.Chance(6) {
		f.Responsables[1].AutoriteParentale = false
	}
}

func mereSeule(s Source, f *Famille, l Lieux, naissance int) {
	_, mere := s.parents(f, l, naissance)
	f.nom, f.usage = mere.Nom, ""
	f.Responsables = []Responsable{mere}
}

func pereSeul(s Source, f *Famille, l Lieux, naissance int) {
	pere, _ := s.parents(f, l, naissance)
	f.nom, f.usage = pere.Nom, ""
	f.Responsables = []Responsable{pere}
}

// recomposes: the mother's companion is reached too, without authority.
func recomposes(s Source, f *Famille, l Lieux, naissance int) {
	separes(s, f, l, naissance)
	nom, t := s.nomDe(l.Departement)
	companion := s.personne("M.", nom, t, naissance-s.Between(24, 44))
	companion.Lien = "autre_famille"
	f.Responsables = append(f.Responsables, companion)
}

func auxGrandsParents(s Source, f *Famille, l Lieux, naissance int) {
	pere, _ := s.parents(f, l, naissance)
	f.nom, f.usage = pere.Nom, ""
	nom, t := s.nomDe(l.Departement)
	for _, civilite := range []string{"Mme", "M."} {
		r := s.personne(civilite, nom, t, naissance-s.Between(50, 66))
		r.Lien, r.AutoriteParentale = "ascendant", true
		if civilite == "M." {
			r.Nom = f.nom
			r.AutoriteParentale = s.Chance(60)
		}
		f.Responsables = append(f.Responsables, r)
	}
	f.Responsables[0].NomUsage = f.nom
}

// confies are entrusted to the aide sociale à l'enfance, which places them with an assistant familial; the mother may
// keep the authority.
func confies(s Source, f *Famille, l Lieux, naissance int) {
	_, mere := s.parents(f, l, naissance)
	f.Foyers = append(f.Foyers, s.adresseA(l.Residences[0]), s.adresseA(Pick(s, l.Residences)))
	mere.Foyer = 2
	f.Responsables = []Responsable{s.organisme(), s.accueillante(l, naissance)}
	if s.Chance(60) {
		f.Responsables = append(f.Responsables, mere)
	} else {
		f.Responsables[0].AutoriteParentale = true
	}
}

func (s Source) organisme() Responsable {
	r := Responsable{
		Organisme: "Conseil départemental, aide sociale à l’enfance", Fonction: "Référent éducatif", Lien: "ase",
		Foyer: 1, TelTravail: s.fixe(), Courriel: "ase@example.org",
	}
	if s.Chance(30) {
		r.Organisme, r.Fonction, r.Lien = "Maison d’enfants Les Edelweiss", "Chef de service éducatif", "educateur"
		r.Courriel = "edelweiss@example.org"
	}
	return r
}

func (s Source) accueillante(l Lieux, naissance int) Responsable {
	nom, t := s.nomDe(l.Departement)
	r := s.personne("Mme", nom, t, naissance-s.Between(30, 50))
	r.Lien = "assistant_familial"
	return r
}
