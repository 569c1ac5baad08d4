package dispositifs

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many pupils a page shows.
const parPage = 50

// ligne is one period of a pupil of the year.
type ligne struct {
	ID            uuid.UUID
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Classe        string
	Ecole         string
	Commune       string
	Debut         time.Time
	Fin           *time.Time
	Total         int
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// listSQL begins with the periods, which are few: a pupil who has left the school has no line.
const listSQL = `
	select b.id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, coalesce(s.niveau, '') as niveau,
		coalesce(k.libelle_court, '') as classe, e.nom as ecole, c.nom as commune, b.debut, b.fin, count(*) over () as total
	from beneficiaire b
	join scolarite s on s.eleve_id = b.eleve_id and s.ecole_uai = b.ecole_uai and s.annee = $1
		and s.etat in ('admis_accepte', 'admis_definitif')
	join ecole e on e.uai = b.ecole_uai join commune c on c.insee = e.commune_insee
	left join classe k on k.id = s.classe_id
	where b.dispositif = $2 and b.debut <= $4 and (b.fin is null or b.fin >= $3)
	order by cle_nom(c.nom), b.ecole_uai, s.cle_nom, b.debut, b.id limit nullif($5, 0) offset $6`

// unite is the ULIS of the school for the year.
type unite struct {
	Version     int
	Libelle     string
	Enseignant  string
	Salle       string
	EffectifMax int
}

const uniteSQL = `
	select version, libelle, enseignant, salle, coalesce(effectif_max, 0) as effectif_max from ulis where ecole_uai = $1 and annee = $2`

// view is the page.
type view struct {
	agent  habilitation.Agent
	c      critere
	query  url.Values
	lignes []ligne
	unite  *unite // of a directeur's school
	form   *httpx.Form
	ids    []uuid.UUID // selected in a form that was refused

	conflict []ui.ConflictRow // of the form of the ULIS
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int, besides func(*territoire.Lecture)) (*view, error) {
	v := &view{agent: agent, c: c, form: httpx.NewForm(map[string]string{"debut": date.Court(agent.Aujourdhui())})}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.lignes, listSQL, int(c.annee), string(c.dispositif), c.annee.Debut(), c.annee.Fin(), limit, (c.page-1)*limit)
		if agent.Ecole != "" {
			territoire.Peut(l, &v.unite, uniteSQL, agent.Ecole, int(c.annee))
		}
		besides(l)
	})
	return v, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r.Context(), agent, readCritere(r.URL.Query(), agent), parPage, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	v.query = r.URL.Query()
	return p.Render(w, r, http.StatusOK, listPage(v))
}

func (v *view) gere() bool { return v.agent.Can(habilitation.GererClasses) }

// ouvert tells whether pupils may be said to benefit: of the ULIS, once the school has one that year.
func (v *view) ouvert() bool { return v.c.dispositif != dispositif.ULIS || v.unite != nil }

func (v *view) total() int {
	if len(v.lignes) == 0 {
		return 0
	}
	return v.lignes[0].Total
}

// facts are the ULIS of the school.
func (v *view) facts() []ui.SummaryRow {
	u := v.unite
	rows := []ui.SummaryRow{
		{Label: "Dispositif", Value: u.Libelle}, {Label: "Enseignant", Value: u.Enseignant}, {Label: "Salle", Value: u.Salle},
	}
	if u.EffectifMax > 0 {
		rows = append(rows, ui.SummaryRow{Label: "Effectif maximum", Content: ui.Maximum(v.total(), u.EffectifMax)})
	}
	return rows
}

func (v *view) list() ui.ListProps {
	props := ui.ListProps{
		Caption: v.c.dispositif.Label() + " " + v.c.annee.Libelle(), Path: "/dispositifs", Query: v.query, Exports: tableau.Formats,
		Scope:   "Chaque élève est compté une fois, dans sa classe de référence.",
		Filters: []ui.Filter{httpx.AnneeFilter(v.agent)}, Kept: []string{"dispositif"}, Pager: ui.Pager{Page: v.c.page, PerPage: parPage, Total: v.total()},
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Niveau"}, {Label: "Classe"}},
		Empty:   v.empty(),
	}
	if v.agent.Ecole == "" {
		props.Columns = append(props.Columns, ui.Column{Label: "École"})
	}
	props.Columns = append(props.Columns, ui.Column{Label: "Depuis"}, ui.Column{Label: "Jusqu’au"})
	if v.gere() {
		props.Bulk = []ui.BulkAction{{Label: "Mettre fin", Action: v.c.href("/dispositifs/finir")}}
		props.BulkFields = ui.Date(v.form.Field(ui.Field{Name: "debut", Label: "Dernier jour", Required: true}))
	}
	for _, l := range v.lignes {
		texts := []string{l.nom(), date.Court(l.DateNaissance), l.Niveau, l.Classe}
		if v.agent.Ecole == "" {
			texts = append(texts, ecole.NomComplet(l.Ecole, l.Commune))
		}
		texts = append(texts, date.Court(l.Debut), date.CourtOuRien(l.Fin))
		props.Rows = append(props.Rows, ui.ListRow{ID: l.ID.String(), Href: path(l.ID), Label: l.nom(), Checked: v.coche(l.ID), Cells: ui.Cells(texts...)})
	}
	return props
}

func (v *view) coche(id uuid.UUID) bool {
	for _, c := range v.ids {
		if c == id {
			return true
		}
	}
	return false
}

func (v *view) empty() ui.EmptyProps {
	e := ui.EmptyProps{Sentence: "Aucun élève n’en bénéficie en " + v.c.annee.Libelle() + "."}
	if v.gere() && v.ouvert() {
		e.Href, e.Action = v.c.href("/dispositifs/eleves"), "Noter des élèves"
	}
	return e
}

// finish ends the periods selected on one day: all of them or none.
func (p Pages) finish(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	ids, le := f.UUIDs("id", "Cochez au moins un élève."), f.DateOrNone("debut")
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := lot.Faire(ctx, tx, ids, func(id uuid.UUID) error { return dispositif.Finir(ctx, tx, agent, id, le) })
			if err != nil {
				return "", err
			}
			p.Flash(ctx, ui.Plural(len(ids), "fin enregistrée", "fins enregistrées")+".", "")
			return c.href("/dispositifs"), nil
		})
	}
	var refuses lot.Refuses
	if !errors.As(err, &refuses) && !f.Refused(err) {
		return err
	}
	v, err := p.read(r.Context(), agent, c, parPage, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	v.form, v.ids, v.query = f, ids, r.URL.Query()
	v.refuser(refuses)
	return p.Render(w, r, http.StatusUnprocessableEntity, listPage(v))
}

// refuser names each pupil who is refused; what all refuse alike is said once.
func (v *view) refuser(refuses lot.Refuses) {
	if c, ok := refuses.Commun(len(v.ids)); ok {
		v.form.Refuse("debut", c.Motif)
		return
	}
	for _, refus := range refuses {
		for _, l := range v.lignes {
			if l.ID == refus.ID {
				v.form.Refuse("", l.nom()+"\u00a0: "+refus.Motif)
			}
		}
	}
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	v, err := p.read(r.Context(), agent, c, 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "beneficiaire", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: c.dispositif.Label() + " " + c.annee.Libelle(), Details: []string{ui.Plural(len(v.lignes), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: v.empty().Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Niveau", "Classe", "École", "Depuis", "Jusqu’au"),
	}
	for _, l := range v.lignes {
		t.Eleves = append(t.Eleves, l.EleveID)
		t.Rows = append(t.Rows, []any{
			l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, l.Niveau, l.Classe, ecole.NomComplet(l.Ecole, l.Commune),
			date.Court(l.Debut), date.CourtOuRien(l.Fin),
		})
	}
	return p.Export(w, r, agent, string(c.dispositif)+"-"+c.annee.Libelle(), t)
}
