package familles

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// personne is one of the records compared.
type personne struct {
	ID          uuid.UUID
	Version     int
	Nature      eleve.Nature
	Civilite    string
	NomFamille  string
	NomUsage    string
	Prenom      string
	Organisme   string
	Fonction    string
	TelPortable string
	TelDomicile string
	TelTravail  string
	Courriel    string
	AdresseID   *uuid.UUID
	Adresse     string // "" also when it is protected
	Enfants     string
}

const personneColonnes = `
	r.id, r.version, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.fonction, r.tel_portable,
	r.tel_domicile, r.tel_travail, r.courriel, r.adresse_id,
	coalesce((select concat_ws(', ', nullif(a.voie, ''), nullif(a.lieu_dit, ''), trim(a.code_postal || ' ' || a.commune))
		from adresse a where a.id = r.adresse_id), '') as adresse,
	coalesce((select string_agg(e.prenom || ' ' || e.nom_famille, ', ' order by e.date_naissance, e.id)
		from lien_responsable l join eleve e on e.id = l.eleve_id where l.responsable_id = r.id), '') as enfants`

// gardeeSQL reads the record of a responsable of the pupil, autreSQL another one.
const (
	gardeeSQL = `select ` + personneColonnes + ` from responsable r join lien_responsable l on l.responsable_id = r.id
		where l.eleve_id = $1 and r.id = $2`
	autreSQL = `select ` + personneColonnes + ` from responsable r where r.id = $1 and r.id <> $2`
)

// ressemblantesSQL are the records that may be of the same person: the same name, the same number, or the same first name
// for the same child. Two parents who share a number come last.
const ressemblantesSQL = `
	with g as (select r.* from responsable r join lien_responsable l on l.responsable_id = r.id where l.eleve_id = $1 and r.id = $2),
	trouve as (
		select t.id from g, responsables_trouves(g.nom_famille || ' ' || g.prenom || ' ' || g.organisme, '') t
		union select t.id from g, responsables_trouves(g.nom_usage || ' ' || g.prenom, '') t where g.nom_usage <> ''
		union select t.id from g, unnest(array[g.tel_portable, g.tel_domicile, g.tel_travail]) tel, responsables_trouves('', tel) t where tel <> ''
		union select r.id from g, lien_responsable l join lien_responsable m on m.eleve_id = l.eleve_id join responsable r on r.id = m.responsable_id
			where l.responsable_id = $2 and cle_nom(r.prenom) = cle_nom(g.prenom))
	select ` + personneColonnes + `
	from trouve t join responsable r on r.id = t.id join g on g.nature = r.nature
	where r.id <> $2
	order by r.civilite <> g.civilite and r.civilite <> '' and g.civilite <> '', cle_nom(r.nom_famille || ' ' || r.prenom) = cle_nom(g.nom_famille || ' ' || g.prenom) desc, r.nom_famille, r.prenom, r.id limit 20`

func (p personne) nom() string {
	return eleve.Responsable{
		Nature: p.Nature, Civilite: p.Civilite, NomFamille: p.NomFamille, NomUsage: p.NomUsage, Prenom: p.Prenom, Organisme: p.Organisme,
	}.NomComplet()
}

// dit is the person in a line.
func (p personne) dit() string {
	var parts []string
	for _, s := range []string{"Enfants\u00a0: " + p.Enfants, p.TelPortable, p.TelDomicile, p.Courriel, p.Adresse} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ". ")
}

// reunion is the page: the pupil through whom one came, the record kept, and the other one or those that may be.
type reunion struct {
	enfant        enfant
	garde, autre  personne
	ressemblantes []personne
	form          *httpx.Form
	stale         bool
}

func (c reunion) path() string {
	return c.enfant.path() + "/responsables/" + c.garde.ID.String() + "/reunir"
}

// avec is the page that compares with another record.
func (c reunion) avec(p personne) string { return c.path() + "/" + p.ID.String() }

func (p Pages) readReunion(ctx context.Context, agent habilitation.Agent, r *http.Request, queue func(*territoire.Lecture, *reunion, uuid.UUID, uuid.UUID)) (*reunion, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return nil, err
	}
	garde, err := httpx.ID(r, "responsable")
	if err != nil {
		return nil, err
	}
	c := &reunion{form: httpx.NewForm(nil)}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, id)
		territoire.Une(l, &c.enfant, enfantSQL, id)
		territoire.Une(l, &c.garde, gardeeSQL, id, garde)
		queue(l, c, id, garde)
	})
	return c, err
}

// chooseReunion shows the records that may be of the same person.
func (p Pages) chooseReunion(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.readReunion(r.Context(), agent, r, func(l *territoire.Lecture, c *reunion, id, garde uuid.UUID) {
		territoire.Toutes(l, &c.ressemblantes, ressemblantesSQL, id, garde)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, chooseReunionPage(c))
}

func (p Pages) readPaire(r *http.Request, agent habilitation.Agent) (*reunion, error) {
	autre, err := httpx.ID(r, "autre")
	if err != nil {
		return nil, err
	}
	return p.readReunion(r.Context(), agent, r, func(l *territoire.Lecture, c *reunion, _, garde uuid.UUID) {
		territoire.Une(l, &c.autre, autreSQL, autre, garde)
	})
}

// compareReunion shows the two records side by side.
func (p Pages) compareReunion(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.readPaire(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, reunionPage(c))
}

// submitReunion acts before it reads: sent twice, the second one finds one record, and gets the answer of the first.
func (p Pages) submitReunion(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	id, choice, err := readChoix(r, f)
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := famille.Reunir(ctx, tx, agent, id, choice); err != nil {
			return "", err
		}
		p.Flash(ctx, "Les deux fiches n’en font plus qu’une.", "")
		return "/eleves/" + id.String(), nil
	})
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	c, err := p.readPaire(r, agent)
	if err != nil {
		return err
	}
	c.form, c.stale = f, stale
	if stale {
		return p.Render(w, r, http.StatusConflict, reunionPage(c))
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, reunionPage(c))
}

// readChoix reads the pupil through whom one came, the two records and what was ticked.
func readChoix(r *http.Request, f *httpx.Form) (id uuid.UUID, c famille.Reunion, err error) {
	for name, dst := range map[string]*uuid.UUID{"id": &id, "responsable": &c.Garde, "autre": &c.Retire} {
		if *dst, err = httpx.ID(r, name); err != nil {
			return id, c, err
		}
	}
	c.VersionGarde = f.Version()
	c.VersionRetire, _ = strconv.Atoi(f.Text("version_autre"))
	c.Pris = formulaire.Pris(f, famille.ChampsReunis)
	return id, c, nil
}

func (c *reunion) cotes() formulaire.Cotes {
	return formulaire.Cotes{Titre: "Les deux fiches", Garde: "Fiche gardée", Autre: "Autre fiche", Rubriques: c.rubriques(), Form: c.form}
}

func (c *reunion) rubriques() []formulaire.Rubrique {
	g, a := c.garde, c.autre
	lines := []formulaire.Rubrique{
		formulaire.RubriqueDe("civilite", "Civilité", g.Civilite, a.Civilite),
		formulaire.RubriqueDe("nom_famille", "Nom de famille", g.NomFamille, a.NomFamille),
		formulaire.RubriqueDe("nom_usage", "Nom d’usage", g.NomUsage, a.NomUsage),
		formulaire.RubriqueDe("prenom", "Prénom", g.Prenom, a.Prenom),
		formulaire.RubriqueDe("organisme", "Organisme", g.Organisme, a.Organisme),
		formulaire.RubriqueDe("fonction", "Fonction", g.Fonction, a.Fonction),
		formulaire.RubriqueDe("tel_portable", "Téléphone portable", g.TelPortable, a.TelPortable),
		formulaire.RubriqueDe("tel_domicile", "Téléphone du domicile", g.TelDomicile, a.TelDomicile),
		formulaire.RubriqueDe("tel_travail", "Téléphone du travail", g.TelTravail, a.TelTravail),
		formulaire.RubriqueDe("courriel", "Courriel", g.Courriel, a.Courriel),
		{Champ: "adresse_id", Label: "Domicile", Gauche: g.domicile(), Droite: a.domicile(), Identique: g.memeDomicile(a)},
		{Label: "Enfants", Gauche: g.Enfants, Droite: a.Enfants},
	}
	var seen []formulaire.Rubrique
	for _, l := range lines {
		if l.Gauche != "" || l.Droite != "" {
			seen = append(seen, l)
		}
	}
	return seen
}

func (p personne) domicile() string {
	if p.AdresseID != nil && p.Adresse == "" {
		return "Adresse protégée"
	}
	return p.Adresse
}

// memeDomicile: two homes may be written alike and be two.
func (p personne) memeDomicile(autre personne) bool {
	if p.AdresseID == nil || autre.AdresseID == nil {
		return p.AdresseID == autre.AdresseID
	}
	return *p.AdresseID == *autre.AdresseID
}

func (c *reunion) rows() []ui.SummaryRow {
	rows := make([]ui.SummaryRow, len(c.ressemblantes))
	for i, p := range c.ressemblantes {
		rows[i] = ui.SummaryRow{Label: p.nom(), Value: p.dit(), Href: c.avec(p), Action: "Comparer"}
	}
	return rows
}
