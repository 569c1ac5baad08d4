package eleves

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// section is a part of the file that is edited on its own and has its own version.
type section struct {
	titre  string
	submit string
	fields func(v vue, f *httpx.Form) templ.Component
	// load writes what is recorded in the form and returns its version.
	load func(f *httpx.Form, d dossierLu) (version int, err error)
	save func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, f *httpx.Form) error
	// normal is the form as it would be recorded: a date typed 120418 is no difference.
	normal func(f *httpx.Form) *httpx.Form
	// champs are the fields compared when two people have changed the section.
	champs []champ
	// writes tells who may change the section; nil for those who hold the pen of the file.
	writes func(v vue) bool
	// partage is who shares what the section is about, where that is asked.
	partage besoin
	// retrait takes away what the section is about; nil where that makes no sense.
	retrait *retrait
}

// retrait is an act that takes away what a section is about: where it posts, under the file, and what it does. possible
// is nil when there always is something to take away.
type retrait struct {
	path, label, consequence string
	possible                 func(v vue) bool
}

// open tells whether this agent may change the section.
func (s section) open(v vue) bool {
	if s.writes != nil {
		return s.writes(v)
	}
	return v.writes
}

// champ is a field compared; words, where it is coded, says what a code means.
type champ struct {
	name, label string
	words       map[string]string
}

var (
	motsSexe   = map[string]string{"F": "Fille", "M": "Garçon"}
	motsNature = map[string]string{"personne": "Personne", "organisme": "Organisme"}
	motsOuiNon = map[string]string{"": "Non", "false": "Non", "true": "Oui"}
	motsLien   = func() map[string]string {
		words := map[string]string{}
		for _, l := range eleve.Liens {
			words[string(l.Lien)] = l.Label
		}
		return words
	}()
)

// said is the value of a field in words.
func (c champ) said(f *httpx.Form) string {
	v := f.Text(c.name)
	if w, ok := c.words[v]; ok {
		return w
	}
	return v
}

var champsIdentite = []champ{
	{"nom_famille", "Nom de famille", nil}, {"nom_usage", "Nom d’usage", nil}, {"prenom", "Prénom", nil}, {"prenom2", "Deuxième prénom", nil},
	{"prenom3", "Troisième prénom", nil}, {"sexe", "Sexe", motsSexe}, {"date_naissance", "Date de naissance", nil},
	{"ne_etranger", "Né à l’étranger", motsOuiNon}, {"commune_naissance", "Commune de naissance", nil},
}

var champsAdresse = []champ{
	{"complement", "Complément", nil}, {"voie", "Voie", nil}, {"lieu_dit", "Lieu-dit", nil}, {"code_postal", "Code postal", nil},
	{"commune", "Commune", nil}, {"pays", "Pays", nil},
}

var champsResponsable = append([]champ{
	{"nature", "Personne ou organisme", motsNature}, {"civilite", "Civilité", nil}, {"nom_famille", "Nom", nil}, {"nom_usage", "Nom d’usage", nil},
	{"prenom", "Prénom", nil}, {"organisme", "Organisme", nil}, {"fonction", "Fonction", nil}, {"lien", "Lien", motsLien},
	{"autorite_parentale", "Autorité parentale", motsOuiNon}, {"tel_portable", "Portable", nil}, {"tel_domicile", "Téléphone du domicile", nil},
	{"tel_travail", "Téléphone du travail", nil}, {"courriel", "Courriel", nil}, {"meme_adresse", "Même adresse que l’élève", motsOuiNon},
	{"heberge", "Héberge l’enfant", motsOuiNon}, {"associations", "Associations de parents", motsOuiNon},
}, champsAdresse...)

var sectionIdentite = section{
	titre: "Identité", submit: "Enregistrer l’identité", champs: champsIdentite,
	fields: func(_ vue, f *httpx.Form) templ.Component { return formulaire.ChampsIdentite(f) },
	load: func(f *httpx.Form, d dossierLu) (int, error) {
		formulaire.PoserIdentite(f, d.fiche.domain())
		return d.fiche.Version, nil
	},
	normal: func(f *httpx.Form) *httpx.Form {
		n := httpx.NewForm(nil)
		formulaire.PoserIdentite(n, formulaire.Identite(f))
		return n
	},
	save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
		i := formulaire.Identite(f)
		formulaire.Refuser(f, i.Valider(agent.Aujourdhui()))
		if err := f.Err(); err != nil {
			return err
		}
		return eleve.ModifierIdentite(ctx, tx, agent, id, f.Version(), i)
	},
}

var sectionAdresse = section{
	titre: "Adresse", submit: "Enregistrer l’adresse", champs: champsAdresse,
	fields: adresseFields, partage: besoin{sql: famille.HabitantsSQL},
	load: func(f *httpx.Form, d dossierLu) (int, error) {
		formulaire.PoserAdresse(f, "", d.fiche.home())
		return d.fiche.Version, nil
	},
	normal: func(f *httpx.Form) *httpx.Form {
		n := httpx.NewForm(nil)
		formulaire.PoserAdresse(n, "", formulaire.Adresse(f, ""))
		return n
	},
	save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
		a := formulaire.Adresse(f, "")
		formulaire.Refuser(f, a.Valider(""))
		if err := f.Err(); err != nil {
			return err
		}
		return famille.Demenager(ctx, tx, agent, id, famille.Demenagement{
			Version: f.Version(), VersionAdresse: versionAdresse(f), Adresse: a, Choix: readChoix(f),
		})
	},
}

// sectionNouveau adds a responsable.
var sectionNouveau = section{
	titre: "Nouveau responsable", submit: "Ajouter le responsable",
	fields: fieldsResponsable,
	load: func(f *httpx.Form, _ dossierLu) (int, error) {
		f.Values.Set("meme_adresse", "true")
		return 0, nil
	},
	save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
		r := formulaire.Responsable(f, "")
		formulaire.Refuser(f, r.Valider(""))
		if err := f.Err(); err != nil {
			return err
		}
		return eleve.AjouterResponsable(ctx, tx, agent, id, r)
	},
}

// sectionResponsable edits one responsable.
func sectionResponsable(responsable uuid.UUID) section {
	return section{
		titre: "Responsable", submit: "Enregistrer le responsable", champs: champsResponsable,
		fields: responsableFields, partage: besoin{sql: famille.EnfantsSQL, arg: &responsable},
		retrait: &retrait{
			path: "/responsables/" + responsable.String() + "/retirer", label: "Retirer ce responsable",
			consequence: "Il n’est plus responsable de cet élève. Il le reste de ses frères et sœurs.",
		},
		load: func(f *httpx.Form, d dossierLu) (int, error) {
			for _, r := range d.responsables {
				if r.ID == responsable {
					formulaire.PoserResponsable(f, "", r.domain())
					return r.Version, nil
				}
			}
			return 0, refusal.NotFound()
		},
		normal: func(f *httpx.Form) *httpx.Form {
			n := httpx.NewForm(nil)
			formulaire.PoserResponsable(n, "", formulaire.Responsable(f, ""))
			return n
		},
		save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
			r := formulaire.Responsable(f, "")
			formulaire.Refuser(f, r.Valider(""))
			if err := f.Err(); err != nil {
				return err
			}
			return famille.Corriger(ctx, tx, agent, id, responsable, famille.Correction{
				Version: f.Version(), Responsable: r, Choix: readChoix(f),
			})
		},
	}
}

func fieldsResponsable(_ vue, f *httpx.Form) templ.Component {
	return formulaire.ChampsResponsable(f, "")
}

// edit shows a section as it is recorded, or as the agent has left it when the address asks for that.
func (p Pages) edit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, s section) error {
	v, err := p.writable(r, agent, s)
	if err != nil {
		return err
	}
	f := httpx.NewForm(nil)
	version, err := s.load(f, v.dossierLu)
	if err != nil {
		return err
	}
	e := edition{vue: v, section: s, version: version}
	if f, err = p.reprendre(&e, f, r, agent); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, editPage(e, f))
}

// writable reads the file for one who means to change it.
func (p Pages) writable(r *http.Request, agent habilitation.Agent, s section) (vue, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return vue{}, err
	}
	d, err := p.readDossierAvec(r.Context(), agent, id, s.partage.avecSaisie())
	if err != nil {
		return vue{}, err
	}
	v := p.view(r.Context(), d, agent)
	if v.partage, err = s.partage.lire(d, agent); err != nil {
		return v, err
	}
	if v.clos() {
		return v, eleve.ErrFusionne
	}
	if !s.open(v) {
		return v, refusal.InConflict("L’école tient maintenant ce dossier\u00a0: demandez-lui la correction.")
	}
	return v, nil
}

// submit saves a section, or shows it again: with what is wrong, or with what somebody else has recorded meanwhile.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, s section) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		return "/eleves/" + id.String(), s.save(ctx, tx, agent, id, f)
	})
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	v, err := p.writable(r, agent, s)
	if err != nil {
		return err
	}
	e := edition{vue: v, section: s, version: f.Version()}
	if !stale {
		return p.Render(w, r, http.StatusUnprocessableEntity, editPage(e, f))
	}
	recorded := httpx.NewForm(nil)
	if e.version, err = s.load(recorded, v.dossierLu); err != nil {
		return err
	}
	e.conflict = s.differences(recorded, f)
	return p.Render(w, r, http.StatusConflict, editPage(e, f))
}

// differences are the fields in which what is recorded and what was typed part.
func (s section) differences(recorded, typed *httpx.Form) []ui.ConflictRow {
	var rows []ui.ConflictRow
	for _, c := range s.champs {
		theirs, mine := c.said(recorded), c.said(s.normal(typed))
		if theirs != mine {
			rows = append(rows, ui.ConflictRow{Label: c.label, Theirs: theirs, Mine: mine})
		}
	}
	return rows
}
