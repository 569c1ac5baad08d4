package repartition

// voeu is a wish about two pupils: together or not.
type voeu struct {
	a, b     int
	ensemble bool
	fratrie  bool // a brother and a sister, of whom no rule says anything
}

// lireVoeux makes pairs of the wishes, and of brothers and sisters. Two who have no class in common cannot wish it.
func (m *modele) lireVoeux() {
	said := map[[2]int]bool{}
	for r, regle := range m.p.Regles {
		paires(m.regles[r], func(a, b int) {
			if regle.Souple && !said[[2]int{a, b}] {
				m.voeux = append(m.voeux, voeu{a, b, regle.Nature == Ensemble, false})
			}
			said[[2]int{a, b}] = true
		})
	}
	for _, family := range m.fratries() {
		paires(family, func(a, b int) {
			if m.p.Fratries != FratriesIndifferentes && !said[[2]int{a, b}] && m.admis[a]&m.admis[b] != 0 {
				m.voeux = append(m.voeux, voeu{a, b, m.p.Fratries == FratriesEnsemble, true})
			}
		})
	}
	m.liens = make([][]int, len(m.p.Eleves))
	for i, v := range m.voeux {
		m.liens[v.a] = append(m.liens[v.a], i)
		m.liens[v.b] = append(m.liens[v.b], i)
	}
}

// paires calls f with each pair, the lesser first.
func paires(list []int, f func(a, b int)) {
	for i, a := range list {
		for _, b := range list[:i] {
			f(min(a, b), max(a, b))
		}
	}
}

// fratries are the brothers and sisters, in the order of the pupils.
func (m *modele) fratries() [][]int {
	rank := map[string]int{}
	var all [][]int
	for i, e := range m.p.Eleves {
		if e.Fratrie == "" {
			continue
		}
		if _, known := rank[e.Fratrie]; !known {
			rank[e.Fratrie] = len(all)
			all = append(all, nil)
		}
		all[rank[e.Fratrie]] = append(all[rank[e.Fratrie]], i)
	}
	return all
}
