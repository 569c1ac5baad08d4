package effectifs

import (
	"net/url"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
)

// etatHref leads from a count of the first table to what it counts: the list of a school, or the table of the schools
// where one reads several.
func (v view) etatHref(e scolarite.Etat, t tranche) string {
	switch {
	case e == inscrit:
		return v.inscritsHref()
	case v.critere.Maille == parClasse:
		return v.elevesHref(e, "", "", t)
	case len(v.lecture.lieux) == 1 && v.critere.Maille == parEcole:
		return v.elevesHref(e, "ecole", v.lecture.lieux[0].Cle, t)
	}
	q := v.critere.values()
	q.Set("etat", string(e))
	return "/effectifs?" + q.Encode() + "#detail"
}

// inscritsHref is where those who await an answer are dealt with.
func (v view) inscritsHref() string {
	q := url.Values{"annee": v.critere.values()["annee"]}
	switch v.agent.Role {
	case habilitation.Directeur:
		return "/admissions?" + q.Encode()
	case habilitation.Mairie:
		q.Set("etat", string(inscrit))
		return "/inscriptions?" + q.Encode()
	}
	return ""
}

// elevesHref is the list of the pupils in a state, of a class or of a school where key says so. The list takes one
// niveau or all of them: a cycle has none, nor has what is not known yet.
func (v view) elevesHref(e scolarite.Etat, key, value string, t tranche) string {
	q := url.Values{"annee": v.critere.values()["annee"], "etat": {string(e)}}
	if key != "" {
		q.Set(key, value)
	}
	switch {
	case t.cycle() || t.niveaux[0] == inconnu:
		return ""
	case !t.somme:
		q.Set("niveau", t.libelle)
	}
	return "/eleves?" + q.Encode()
}

// cycle tells a cycle from a niveau and from the total.
func (t tranche) cycle() bool { return t.somme && !t.tout }

// hrefs are the addresses of the counts of a line, its total last.
func (v view) hrefs(key, value string, niveaux []ecole.Niveau) []string {
	hrefs := make([]string, 0, len(niveaux)+1)
	for _, n := range niveaux {
		hrefs = append(hrefs, v.elevesHref(v.critere.Etat, key, value, tranche{libelle: string(n), niveaux: []ecole.Niveau{n}}))
	}
	return append(hrefs, v.elevesHref(v.critere.Etat, key, value, tranche{niveaux: niveaux, somme: true, tout: true}))
}
