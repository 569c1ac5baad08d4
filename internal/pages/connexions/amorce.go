package connexions

import (
	"encoding/json"
	"net/http"
	"time"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// keyAmorce is the session's note of the administrator whose key has still to be tried.
const keyAmorce = "amorce"

// amorceMax leaves the time to install an application on a telephone.
const amorceMax = 30 * time.Minute

// prepare is the note itself.
type prepare struct {
	compte.Preparation
	Le time.Time
}

// showAmorce asks the first administrator who he is; the token printed by the command line proves it.
func (p Pages) showAmorce(w http.ResponseWriter, r *http.Request) error {
	return p.Site.Render(w, r, http.StatusOK, amorcePage(httpx.NewForm(nil)))
}

func (p Pages) submitAmorce(w http.ResponseWriter, r *http.Request) error {
	f, err := httpx.ReadForm(r, p.Site.Now())
	if err != nil {
		return err
	}
	d := readDemande(f)
	if f.Err() != nil {
		return p.Site.Render(w, r, http.StatusUnprocessableEntity, amorcePage(f))
	}
	preparation, err := p.Gate.Preparer(r.Context(), p.Site.Visite(r), d)
	if f.Refused(err) {
		return p.Site.Render(w, r, http.StatusUnprocessableEntity, amorcePage(f))
	}
	if err != nil {
		return err
	}
	return p.keep(w, r, prepare{preparation, p.Site.Now()})
}

func readDemande(f *httpx.Form) compte.Demande {
	return compte.Demande{
		Jeton:        f.Required("amorce", 100, "Recopiez le jeton affiché par la commande."),
		Identifiant:  f.Limited("identifiant", 60),
		Civilite:     f.Choice("civilite", []string{"", "M.", "Mme"}, "Choisissez la civilité."),
		Nom:          f.Limited("nom", 100),
		Prenom:       f.Limited("prenom", 100),
		MotDePasse:   f.Values.Get("mot_de_passe"),
		Confirmation: f.Values.Get("mot_de_passe_confirmation"),
		Departement:  f.Values.Get("departement"),
	}
}

// keep notes the preparation under a new session token, and goes on to the key.
func (p Pages) keep(w http.ResponseWriter, r *http.Request, note prepare) error {
	if err := p.Site.Sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	b, err := json.Marshal(note)
	if err != nil {
		return err
	}
	p.Site.Sessions.Put(r.Context(), keyAmorce, string(b))
	return httpx.Redirect(w, r, pathAmorceCle)
}

// prepared serves those who have said who they are.
func (p Pages) prepared(page func(http.ResponseWriter, *http.Request, prepare) error) httpx.PublicPage {
	return func(w http.ResponseWriter, r *http.Request) error {
		var note prepare
		err := json.Unmarshal([]byte(p.Site.Sessions.GetString(r.Context(), keyAmorce)), &note)
		if err != nil || p.Site.Now().Sub(note.Le) > amorceMax {
			return httpx.Redirect(w, r, pathAmorce)
		}
		return page(w, r, note)
	}
}

// showAmorceCle shows the key's secret, once: until a code of it is typed.
func (p Pages) showAmorceCle(w http.ResponseWriter, r *http.Request, note prepare) error {
	return p.renderAmorceCle(w, r, http.StatusOK, note, httpx.NewForm(nil))
}

func (p Pages) submitAmorceCle(w http.ResponseWriter, r *http.Request, note prepare) error {
	f, err := httpx.ReadForm(r, p.Site.Now())
	if err != nil {
		return err
	}
	err = p.Gate.Amorcer(r.Context(), note.Preparation, f.Limited("code", 20), p.Site.Now())
	if f.Refused(err) {
		f.Values.Del("code")
		return p.renderAmorceCle(w, r, http.StatusUnprocessableEntity, note, f)
	}
	if err != nil {
		return err
	}
	p.Site.Sessions.Remove(r.Context(), keyAmorce)
	p.Site.Flash(r.Context(), "Votre compte est créé. Connectez-vous avec un nouveau code de votre clé.", "")
	return httpx.Redirect(w, r, pathConnexion)
}

func (p Pages) renderAmorceCle(w http.ResponseWriter, r *http.Request, status int, note prepare, f *httpx.Form) error {
	c, err := p.Gate.ClePreparee(note.Preparation)
	if err != nil {
		return err
	}
	address, err := c.URL(note.Identifiant)
	if err != nil {
		return err
	}
	code, err := ui.EncodeQR(address)
	if err != nil {
		return err
	}
	return p.Site.Render(w, r, status, amorceClePage(f, code, c.Base32()))
}

var civilites = []ui.Option{{Value: "", Label: "Sans"}, {Value: "Mme", Label: "Mme"}, {Value: "M.", Label: "M."}}

// departements are those that have schools.
func departements() []ui.Option {
	var options []ui.Option
	for _, d := range commune.Departements() {
		if d.Academie.Code != "" {
			options = append(options, ui.Option{Value: d.Code, Label: d.Nom + " (" + d.Code + ")"})
		}
	}
	return options
}
