package commune

import (
	"regexp"
	"slices"
	"strings"
)

// demande is what an agent typed, read: a folded name, and the code that tells homonyms apart.
type demande struct {
	nom         string
	code        string // "" when none was typed
	departement bool   // code is a département, else the start of a postal code, or an INSEE code
}

func newDemande(nom, code string) demande {
	code = strings.ToUpper(code)
	_, departement := FindDepartement(code)
	return demande{Plier(nom), code, departement}
}

var (
	codeEnTete    = regexp.MustCompile(`^(\d[\dABab]\d{3})[\s,-]+(\D.*)$`)
	codeEnQueue   = regexp.MustCompile(`^(.*\D)[\s,]+(\d[\dABab]\d{0,3})$`)
	entreCrochets = regexp.MustCompile(`^(.+?)\s*\(([^()]+)\)$`)
	apresVirgule  = regexp.MustCompile(`^([^,]+),\s*([^,]+)$`)
	codeSeul      = regexp.MustCompile(`^\d[\dABab]?\d{0,3}$`)
	cedex         = regexp.MustCompile(`(?i)\s+cedex(\s+\d+)?$`)
)

// lire reads "Tarbes", "65000 Tarbes", "Tarbes (65)", "Tarbes, Hautes-Pyrénées", "65000", "Paris 8".
func (x *index) lire(s string) demande {
	s = strings.Join(strings.Fields(cedex.ReplaceAllString(strings.TrimSpace(s), "")), " ")
	if codeSeul.MatchString(s) {
		return newDemande("", s)
	}
	if m := codeEnTete.FindStringSubmatch(s); m != nil {
		return newDemande(m[2], m[1])
	}
	for _, form := range []*regexp.Regexp{entreCrochets, apresVirgule} {
		if m := form.FindStringSubmatch(s); m != nil {
			if code, ok := codeDe(m[2]); ok {
				return newDemande(m[1], code)
			}
		}
	}
	return x.enQueue(s)
}

// enQueue tells "Tarbes 65" from "Paris 15", which is the name of an arrondissement.
func (x *index) enQueue(s string) demande {
	m := codeEnQueue.FindStringSubmatch(s)
	if m == nil {
		return newDemande(s, "")
	}
	if len(x.prefixed(Plier(s))) > 0 {
		return newDemande(s, "")
	}
	return newDemande(m[1], m[2])
}

// codeDe reads a code, or the name of a département.
func codeDe(s string) (string, bool) {
	if codeSeul.MatchString(s) {
		return s, true
	}
	plie := Plier(s)
	i := slices.IndexFunc(departements(), func(d Departement) bool { return Plier(d.Nom) == plie })
	if i < 0 {
		return "", false
	}
	return departements()[i].Code, true
}

// accepte tells whether the code that was typed is one of c's.
func (d demande) accepte(c Commune) bool {
	if d.code == "" || d.code == c.Insee {
		return true
	}
	if d.departement {
		return d.code == c.Departement
	}
	served := func(postal string) bool { return strings.HasPrefix(postal, d.code) }
	return slices.ContainsFunc(c.Postaux(), served)
}
