package listes

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
)

// A list travels in its address, so that it can be marked, sent and printed without being kept. compose says that the
// address holds a list, even one whose columns have all been unticked.
const compose = "compose"

// vide begins the codes of blank columns in an address: vide.1, vide.2.
const vide = liste.Vide + "."

// largeurUsuelle is the width of a blank column when none is given, in millimetres.
const largeurUsuelle = 30

// lire reads a list from the form of the page, or from an address. What the role may not read is left out.
func lire(f *httpx.Form, agent habilitation.Agent) liste.Definition {
	d := liste.Definition{
		Titre: f.Limited("titre", liste.Longueur), Grain: liste.Grain(f.Text("lignes")), Annee: f.Text("annee"), Au: formulaire.JourDe(f, "au"),
		Groupe: f.Text("par"), Tri: f.Text("trier"), Desc: f.Text("sens") == "desc", Saut: f.Text("saut") == "true",
		Feuille: feuille(f.Text("feuille")), Colonnes: colonnes(f), Filtres: formulaire.LireFiltres(f, grain(liste.Grain(f.Text("lignes"))), agent.Role),
	}
	d = d.Pour(agent.Role)
	if len(d.Colonnes) == 0 && len(f.Values["c"]) > 0 { // those of another kind of lines
		d.Colonnes = liste.Usuelles(d.Grain)
	}
	_ = f.Take(d.Valider())
	return d
}

func grain(g liste.Grain) liste.Grain {
	if slices.Contains(liste.Grains, g) {
		return g
	}
	return liste.Eleves
}

func feuille(s string) liste.Feuille {
	if f := liste.Feuille(s); f == liste.Portrait || f == liste.Paysage {
		return f
	}
	return ""
}

// place is a column where one wants it.
type place struct {
	choix liste.Choix
	rang  int
}

// colonnes are those ticked, in the order of the ranks that were typed beside them, and the blank one that was added.
func colonnes(f *httpx.Form) []liste.Choix {
	var places []place
	for i, code := range f.Values["c"] {
		c, ok := cochee(f, code)
		if !ok {
			continue
		}
		p := place{c, 2 * (i + 1)}
		if typed, err := strconv.Atoi(f.Text("rang." + code)); err == nil && typed != i+1 {
			p.rang = 2 * typed
			if typed > i+1 {
				p.rang++ // after the one that holds this rank; otherwise before it
			} else {
				p.rang--
			}
		}
		places = append(places, p)
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.rang - b.rang })
	var list []liste.Choix
	for _, p := range places {
		if !slices.Contains(list, p.choix) || p.choix.Code == liste.Vide {
			list = append(list, p.choix)
		}
	}
	if title := f.Limited("vide_titre", liste.Longueur); title != "" {
		list = append(list, liste.Choix{Code: liste.Vide, Titre: title, Largeur: largeur(f.Text("vide_largeur"))})
	}
	return list
}

// cochee is a column that is ticked: one of the catalogue, or a blank one with its title and its width.
func cochee(f *httpx.Form, code string) (liste.Choix, bool) {
	if !strings.HasPrefix(code, vide) {
		return liste.Choix{Code: code}, code != liste.Vide
	}
	title := f.Limited(code+".titre", liste.Longueur)
	return liste.Choix{Code: liste.Vide, Titre: title, Largeur: largeur(f.Text(code + ".largeur"))}, true
}

// largeur keeps a blank column between a tick and a line of writing.
func largeur(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return largeurUsuelle
	}
	return min(max(n, 8), 120)
}

// adresse is the list as an address holds it: lire reads it back.
func adresse(d liste.Definition) url.Values {
	q := url.Values{compose: {"1"}}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("titre", d.Titre)
	set("annee", d.Annee)
	set("au", formulaire.JourCourt(d.Au))
	set("par", d.Groupe)
	set("trier", d.Tri)
	set("feuille", string(d.Feuille))
	if d.Grain != liste.Eleves {
		set("lignes", string(d.Grain))
	}
	if d.Desc {
		q.Set("sens", "desc")
	}
	if d.Saut {
		q.Set("saut", "true")
	}
	for i, code := range codes(d) {
		q.Add("c", code)
		if c := d.Colonnes[i]; c.Code == liste.Vide {
			q.Set(code+".titre", c.Titre)
			q.Set(code+".largeur", strconv.Itoa(c.Largeur))
		}
	}
	for code, values := range d.Filtres {
		q[code] = values
		if day := formulaire.JourCourt(values[0]); day != "" {
			q[code] = []string{day}
		}
	}
	return q
}

// codes are the columns as an address names them: blank ones by their rank among themselves.
func codes(d liste.Definition) []string {
	list, blanks := make([]string, len(d.Colonnes)), 0
	for i, c := range d.Colonnes {
		list[i] = c.Code
		if c.Code == liste.Vide {
			blanks++
			list[i] = vide + strconv.Itoa(blanks)
		}
	}
	return list
}
