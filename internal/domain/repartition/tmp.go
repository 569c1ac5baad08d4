package repartition

import "github.com/google/uuid"

// ranger places one pupil after the other where there is most room.
func (m *modele) ranger() (Places, bool) {
	places, load := Places{}, make([]int, len(m.max))
	for e, c := range m.fixe {
		if c != libre {
			places[m.p.Eleves[e].ID] = m.p.Classes[c].ID
			load[c]++
		}
	}
	for e, c := range m.fixe {
		if c != libre {
			continue
		}
		best := libre
		for k := range m.max {
			if m.admis[e].a(k) && load[k] < m.max[k] && (best == libre || load[k] < load[best]) {
				best = k
			}
		}
		if best == libre {
			return nil, false
		}
		places[m.p.Eleves[e].ID] = m.p.Classes[best].ID
		load[best]++
	}
	b := m.juger(places)
	return places, len(b.Fautes) == 0
}

func (m *modele) juger(places Places) Bilan {
	b := Bilan{Eleves: map[uuid.UUID][]string{}, Classes: map[uuid.UUID][]string{}}
	for r, members := range m.regles {
		for i, a := range members {
			for _, o := range members[:i] {
				together := places[m.p.Eleves[a].ID] == places[m.p.Eleves[o].ID]
				if together != (m.p.Regles[r].Nature == Ensemble) && !m.p.Regles[r].Souple {
					b.Fautes = append(b.Fautes, Contrainte{Motif: ParRegle, Regle: r})
				}
			}
		}
	}
	return b
}
