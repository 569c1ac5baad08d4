package eleves

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const maxNom = 100

var motsLienContact = func() map[string]string {
	words := map[string]string{}
	for _, l := range dossier.LiensContact {
		words[string(l.Lien)] = l.Label
	}
	return words
}()

var champsContact = []champ{
	{"nom_famille", "Nom", nil}, {"prenom", "Prénom", nil}, {"lien", "Lien", motsLienContact},
	{"urgence", "À prévenir en cas d’urgence", motsOuiNon}, {"autorisee", "Autorisée à venir chercher l’enfant", motsOuiNon},
	{"tel_portable", "Portable", nil}, {"tel_domicile", "Téléphone du domicile", nil}, {"tel_travail", "Téléphone du travail", nil},
}

// readContact reads the form of a contact.
func readContact(f *httpx.Form) dossier.Contact {
	return dossier.Contact{
		NomFamille: f.Limited("nom_famille", maxNom), Prenom: f.Limited("prenom", maxNom), Lien: dossier.LienContact(f.Text("lien")),
		TelPortable: eleve.Telephone(f.Text("tel_portable")), TelDomicile: eleve.Telephone(f.Text("tel_domicile")),
		TelTravail: eleve.Telephone(f.Text("tel_travail")), Urgence: f.Text("urgence") == "true", Autorisee: f.Text("autorisee") == "true",
	}
}

// fillContact writes a contact in the form.
func fillContact(f *httpx.Form, c dossier.Contact) {
	for name, v := range map[string]string{
		"nom_famille": c.NomFamille, "prenom": c.Prenom, "lien": string(c.Lien), "tel_portable": c.TelPortable,
		"tel_domicile": c.TelDomicile, "tel_travail": c.TelTravail,
		"urgence": strconv.FormatBool(c.Urgence), "autorisee": strconv.FormatBool(c.Autorisee),
	} {
		f.Values.Set(name, v)
	}
}

// directeurSeul: what belongs to the school alone (security.md §5, G6 and G7).
func directeurSeul(v vue) bool { return v.agent.Role == habilitation.Directeur }

var sectionNouveauContact = section{
	titre: "Nouvelle personne à prévenir ou autorisée", submit: "Ajouter cette personne", fields: fieldsContact, writes: directeurSeul,
	load: func(*httpx.Form, dossierLu) (int, error) { return 0, nil },
	save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
		c := readContact(f)
		formulaire.Refuser(f, c.Valider())
		if err := f.Err(); err != nil {
			return err
		}
		return dossier.AjouterContact(ctx, tx, agent, id, c)
	},
}

// sectionContact edits one contact.
func sectionContact(contact uuid.UUID) section {
	return section{
		titre: "Personne à prévenir ou autorisée", submit: "Enregistrer cette personne", champs: champsContact,
		fields: fieldsContact, writes: directeurSeul,
		retrait: &retrait{
			path: "/contacts/" + contact.String() + "/retirer", label: "Retirer cette personne",
			consequence: "Elle n’est plus appelée pour cet élève et ne peut plus venir le chercher. Ses frères et sœurs gardent la leur.",
		},
		load: func(f *httpx.Form, d dossierLu) (int, error) {
			for _, c := range d.fiche.Complements.Contacts {
				if c.ID == contact {
					fillContact(f, c.domain())
					return c.Version, nil
				}
			}
			return 0, refusal.NotFound()
		},
		normal: func(f *httpx.Form) *httpx.Form {
			n := httpx.NewForm(nil)
			fillContact(n, readContact(f))
			return n
		},
		save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
			c := readContact(f)
			formulaire.Refuser(f, c.Valider())
			if err := f.Err(); err != nil {
				return err
			}
			return dossier.ModifierContact(ctx, tx, agent, id, contact, f.Version(), c)
		},
	}
}

func fieldsContact(_ vue, f *httpx.Form) templ.Component { return contactFields(f) }

func liensContact() []ui.Option {
	options := make([]ui.Option, len(dossier.LiensContact))
	for i, l := range dossier.LiensContact {
		options[i] = ui.Option{Value: string(l.Lien), Label: l.Label}
	}
	return options
}

func (p Pages) newContact(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.edit(w, r, agent, sectionNouveauContact)
}

func (p Pages) addContact(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.submit(w, r, agent, sectionNouveauContact)
}

func (p Pages) editContact(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "contact")
	if err != nil {
		return err
	}
	return p.edit(w, r, agent, sectionContact(id))
}

func (p Pages) submitContact(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "contact")
	if err != nil {
		return err
	}
	return p.submit(w, r, agent, sectionContact(id))
}

func (p Pages) actOnContact(act acte) httpx.Page { return p.actOn("contact", "#contacts", act) }

// showsContacts: the school's own, and the mairie's for the children whom her périscolaire receives (security.md §5, G7).
func (v vue) showsContacts() bool {
	return directeurSeul(v) || v.showsPeriscolaire() && len(v.fiche.Complements.Contacts) > 0
}

// sansContact says that there is nobody.
func (v vue) sansContact() string {
	return "Personne n’est noté\u00a0: l’école n’a personne d’autre à appeler que les responsables."
}

func (v vue) contactsColumns() []ui.Column {
	cols := []ui.Column{{Label: "Personne"}, {Label: "Lien"}, {Label: "Téléphone"}, {Label: "Pour"}}
	if directeurSeul(v) && !v.clos() {
		cols = append(cols, ui.Column{Label: "Ordre"})
	}
	return cols
}

func (v vue) contactsRows() []ui.ListRow {
	rows := make([]ui.ListRow, len(v.fiche.Complements.Contacts))
	for i, c := range v.fiche.Complements.Contacts {
		d := c.domain()
		rows[i] = ui.ListRow{ID: c.ID.String(), Label: d.Nom(), Cells: ui.Cells(d.Nom(), c.Lien.Label(), strings.Join(d.Telephones(), " · "), pour(d))}
		if directeurSeul(v) && !v.clos() {
			rows[i].Href = v.path + "/contacts/" + c.ID.String()
			rows[i].Cells = append(rows[i].Cells, contactOrder(v, i))
		}
	}
	return rows
}

// pour says what a contact is for.
func pour(c dossier.Contact) string {
	switch {
	case c.Urgence && c.Autorisee:
		return "Prévenir et venir chercher"
	case c.Urgence:
		return "Prévenir"
	}
	return "Venir chercher"
}
