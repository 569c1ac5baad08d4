package formulaire

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ChampAine bears the child of the register whose brother or sister is entered: from his file, and from form to form.
const ChampAine = "aine"

// Names of the fields by which a family is found and taken, and of those that it brings.
const (
	ditAine        = "aine_prenom" // how he is named where one begins
	champCherche   = "famille_q"
	champFamille   = "famille"
	champContact   = "contact"
	champDomicile2 = "domicile2"
	champFoyer     = "foyer_cache"
	boutonChercher = "chercher_famille"
	boutonPrendre  = "prendre_famille"
	boutonLaisser  = "laisser_famille"
	enAttente      = "famille_en_attente" // a family is proposed: one answers that first
)

// Accueil is what a form knows of families: the one that the child has, or those that he may have.
type Accueil struct {
	Famille  *famille.Famille
	Connues  []famille.Connue
	cherchee bool // by the button, rather than by the child's name
}

// DemandeFamille tells that the button pressed only looks for a family, takes one or leaves it.
func DemandeFamille(f *httpx.Form) bool {
	return f.Checked(boutonChercher) || f.Checked(boutonPrendre) || f.Checked(boutonLaisser)
}

// LireAccueil reads the family of the form, or those who answer to the name typed; the buttons pressed are obeyed.
func LireAccueil(ctx context.Context, db *territoire.DB, agent habilitation.Agent, f *httpx.Form) (*Accueil, error) {
	a := &Accueil{cherchee: f.Checked(boutonChercher)}
	aine := f.UUID(ChampAine)
	switch {
	case f.Checked(boutonLaisser):
		laisser(f)
		aine = uuid.Nil
	case f.Checked(boutonPrendre) && f.UUID(champFamille) != uuid.Nil:
		aine = f.UUID(champFamille)
	}
	if aine == uuid.Nil {
		return a, a.chercher(ctx, db, agent, f)
	}
	a.Famille = &famille.Famille{}
	err := db.Lire(ctx, agent.Portee().AvecProtegees(), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, aine)
		famille.QueueFamille(l, agent, a.Famille, aine)
	})
	if err == nil && f.UUID(ChampAine) != aine {
		a.Poser(f)
	}
	return a, err
}

// Reprendre writes the family in a form that is shown for the first time, where it names one.
func (a *Accueil) Reprendre(f *httpx.Form) {
	if a.Famille != nil {
		a.Poser(f)
	}
}

// chercher looks for families by what was typed for that, or else by the name of the child.
func (a *Accueil) chercher(ctx context.Context, db *territoire.DB, agent habilitation.Agent, f *httpx.Form) error {
	q := f.Text(champCherche)
	if q == "" {
		q = f.Text("nom_famille")
	}
	var lignes []famille.Connue
	err := db.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { famille.QueueConnues(l, agent, &lignes, q) })
	if a.Connues = famille.Connues(lignes, q); f.Text(champCherche) == "" {
		a.Connues = famille.Homonymes(lignes, q)
	}
	f.Values.Del(enAttente)
	if len(a.Connues) > 0 && (a.cherchee || reprend(f)) {
		f.Values.Set(enAttente, "oui")
	}
	return err
}

// Poser writes the family in the form: its home, each responsable, the contacts ticked. People typed already come after.
func (a *Accueil) Poser(f *httpx.Form) {
	typed, aine, membres := laisser(f), a.Famille.Aine, a.Famille.Membres
	f.Values.Set(ChampAine, aine.ID.String())
	if f.Text("voie")+f.Text("commune") == "" {
		PoserAdresse(f, "", aine.Adresse)
		f.Values.Set(champFoyer, strconv.FormatBool(aine.FoyerCache))
	}
	for i := typed - 1; i >= 0; i-- {
		copier(f, Prefix(i), Prefix(i+len(membres)))
	}
	for i, m := range membres {
		vider(f, Prefix(i))
		PoserResponsable(f, Prefix(i), m.Responsable(aine.Foyer))
		f.Values.Set(Prefix(i)+"id", m.ID.String())
		f.Values.Set(Prefix(i)+"version", strconv.Itoa(m.Version))
	}
	for _, c := range a.Famille.Contacts {
		f.Values.Add(champContact, c.ID.String())
	}
	if aine.Foyer2 {
		f.Values.Set(champDomicile2, "true")
	}
}

// laisser takes the family out of the form and counts the people who stay, those typed besides.
func laisser(f *httpx.Form) (typed int) {
	if f.UUID(ChampAine) != uuid.Nil {
		PoserAdresse(f, "", eleve.Adresse{})
	}
	for i := range Blocs(f) {
		if f.Text(Prefix(i)+"id") != "" || blocVide(f, Prefix(i)) {
			continue
		}
		if i != typed {
			copier(f, Prefix(i), Prefix(typed))
		}
		typed++
	}
	for i := Blocs(f) - 1; i >= typed; i-- {
		vider(f, Prefix(i))
	}
	for _, name := range []string{ChampAine, champFoyer, champContact, champDomicile2} {
		f.Values.Del(name)
	}
	if typed == 0 {
		ouvrirBloc(f, 0)
	}
	return typed
}

// connu is the person of the family in a block; Nil where he is typed for the first time.
func connu(f *httpx.Form, prefix string) uuid.UUID {
	if f.UUID(ChampAine) == uuid.Nil {
		return uuid.Nil
	}
	return f.UUID(prefix + "id")
}

// partageFoyer tells that the child lives in a home that the agent may not read.
func partageFoyer(f *httpx.Form, a eleve.Adresse) bool {
	return f.UUID(ChampAine) != uuid.Nil && vrai(f, champFoyer) && a.Vide()
}

// Accueillir records a child with the family that the form brings, if it brings one: creer opens his file.
func Accueillir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, f *httpx.Form, n eleve.Nouveau,
	creer func(eleve.Nouveau) (uuid.UUID, error)) error {
	a := famille.Accueil{Aine: f.UUID(ChampAine), Domicile2: f.Checked(champDomicile2)}
	if a.Aine == uuid.Nil || n.Stricte {
		_, err := creer(n)
		return err
	}
	for i := range Blocs(f) {
		for _, r := range n.Responsables {
			if prefix := Prefix(i); r.ID != uuid.Nil && r.ID == f.UUID(prefix+"id") {
				v, _ := strconv.Atoi(f.Text(prefix + "version"))
				a.Retenus = append(a.Retenus, famille.Retenu{
					Version: v, Prefix: prefix, Responsable: r, Etendue: famille.Etendue(f.Text(prefix + famille.ChampEtendue)),
				})
			}
		}
	}
	if err := a.Loger(ctx, tx, agent, &n); err != nil {
		return err
	}
	id, err := creer(n)
	if err != nil {
		return err
	}
	if err := a.Entourer(ctx, tx, agent, id); err != nil {
		return err
	}
	return recopier(ctx, tx, agent, f, a.Aine, id)
}

func recopier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, f *httpx.Form, aine, enfant uuid.UUID) error {
	if agent.Role != habilitation.Directeur || !f.Checked(champContact) {
		return nil
	}
	return dossier.RecopierCertains(ctx, tx, agent, aine, f.UUIDs(champContact, ""), enfant)
}

// membre is the person of a block as he is recorded.
func (a *Accueil) membre(f *httpx.Form, prefix string) (famille.Membre, bool) {
	if a == nil || a.Famille == nil {
		return famille.Membre{}, false
	}
	return a.Famille.Membre(f.UUID(prefix + "id"))
}

// versionDe is that of the form, or the present one where it is asked for whom the person was altered: both are seen.
func versionDe(f *httpx.Form, prefix string, m famille.Membre) string {
	if v := f.Text(prefix + "version"); v != "" && f.Errors().On(prefix+famille.ChampEtendue) == "" {
		return v
	}
	return strconv.Itoa(m.Version)
}

// etendues are the answers about a person who was altered.
func etendues(m famille.Membre) []ui.Option {
	return []ui.Option{
		{Value: string(famille.Garder), Label: "Garder la fiche enregistrée", Hint: enregistree(m)},
		{Value: string(famille.Chacun), Label: "Corriger la fiche, pour tous ses enfants", Hint: m.Enfants},
		{Value: string(famille.Seul), Label: "Pour cet enfant seulement", Hint: "une autre fiche est créée"},
	}
}

// enregistree is the person in a line.
func enregistree(m famille.Membre) string {
	line := m.Responsable(nil).NomComplet()
	for _, s := range []string{m.TelPortable, m.TelDomicile, m.TelTravail, m.Courriel, m.Voie, m.Commune} {
		if s != "" {
			line += ", " + s
		}
	}
	return line
}

func (a *Accueil) connues() []ui.Option {
	options := make([]ui.Option, len(a.Connues))
	for i, c := range a.Connues {
		options[i] = ui.Option{Value: c.EleveID.String(), Label: c.Enfants, Hint: c.Responsables}
	}
	return options
}

func (a *Accueil) contacts(f *httpx.Form) []ui.Option {
	options := make([]ui.Option, len(a.Famille.Contacts))
	for i, c := range a.Famille.Contacts {
		options[i] = ui.Option{
			Value: c.ID.String(), Label: c.NomFamille + " " + c.Prenom, Hint: dossier.LienContact(c.Lien).Label(),
			Checked: slices.Contains(f.Values[champContact], c.ID.String()),
		}
	}
	return options
}

// parente says whose brother or sister the child is.
func parente(a famille.Aine) string {
	return "Frère ou sœur de " + a.Nom() + " (" + date.Court(a.DateNaissance) + ")"
}
