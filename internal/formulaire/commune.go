package formulaire

import (
	"strings"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
)

// Commune reads the commune of a field. The INSEE code that came along is trusted while the text still begins with the
// name it stands for; otherwise the text is read. A program may send the code alone, as "<name>_insee".
func Commune(f *httpx.Form, name string) (commune.Commune, bool) {
	text := f.Limited(name, 100)
	if text == "" {
		return commune.Find(f.Text(name + "_insee"))
	}
	for _, code := range []string{f.Text(name + "_code"), f.Text(name + "_insee")} {
		if c, ok := commune.Find(code); ok && strings.HasPrefix(commune.Plier(text), commune.Plier(c.Nom)) {
			return c, true
		}
	}
	c, err := commune.Parse(text)
	if err != nil {
		_ = f.Take(refusal.On(name, err)) // refusals only
		return commune.Commune{}, false
	}
	f.Values.Set(name+"_code", c.Insee)
	return c, true
}

// poserCommune writes a commune in its field, as somebody would type it.
func poserCommune(f *httpx.Form, name, insee, nom string) {
	if c, ok := commune.Find(insee); ok {
		nom = c.Libelle()
	}
	f.Values.Set(name, nom)
	f.Values.Set(name+"_code", insee)
}
