package ecoles

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/restructuration"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const pathDecisions = "/ecoles/decisions"

func pathDecision(id uuid.UUID) string { return pathDecisions + "/" + id.String() }

// decision is a line of the list.
type decision struct {
	restructuration.Decision
	Ecoles string
}

const decisionsSQL = `select ` + restructuration.ColonnesSQL + `,
		coalesce((select string_agg(e.nom, ', ' order by x.ferme, e.nom) from restructuration_ecole x join ecole e on e.uai = x.ecole_uai
			where x.restructuration_id = r.id), '') as ecoles
	from restructuration r order by r.faite_le is null and r.annulee_le is null desc, r.date_effet desc, r.annoncee_le desc limit 200`

func (p Pages) decisions(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var list []decision
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { territoire.Toutes(l, &list, decisionsSQL) })
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, decisionsPage(list))
}

// situation is where a decision stands.
func situation(d restructuration.Decision) string {
	switch {
	case d.AnnuleeLe != nil && d.FaiteLe == nil:
		return "Abandonnée le " + date.Court(*d.AnnuleeLe)
	case d.AnnuleeLe != nil && d.Conserves > 0:
		return "Annulée le " + date.Court(*d.AnnuleeLe) + ", sauf pour " + ui.Plural(d.Conserves, "élève", "élèves")
	case d.AnnuleeLe != nil:
		return "Annulée le " + date.Court(*d.AnnuleeLe)
	case d.FaiteLe != nil:
		return "Exécutée le " + date.Court(*d.FaiteLe)
	}
	return "Annoncée, à exécuter"
}

func decisionsTable(list []decision) ui.TableProps {
	t := ui.TableProps{Caption: "Décisions", Columns: []ui.Column{{Label: "Décision"}, {Label: "Écoles"}, {Label: "Date d’effet"}, {Label: "Situation"}, {Label: "Élèves", Number: true}}}
	for _, d := range list {
		t.Rows = append(t.Rows, ui.ListRow{Href: pathDecision(d.ID), Label: d.Genre.Label(),
			Cells: ui.Cells(d.Genre.Label(), d.Ecoles, date.Court(d.Le), situation(d.Decision), said(d.Eleves))})
	}
	return t
}

// concernee is a school of a decision.
type concernee struct {
	UAI       string
	Nom       string
	Commune   string
	Type      ecole.Type
	Ferme     bool
	Creee     bool
	TypeApres ecole.Type
	Suivent   int // requests and offers that go on with another school
	Closes    int // and those that the decision closes
}

func (c concernee) nom() string { return ecole.NomComplet(c.Nom, c.Commune) }

const concerneesSQL = `
	select e.uai, e.nom, c.nom as commune, e.type, x.ferme, x.creee, x.type_apres, d.suivent, d.closes
	from restructuration_ecole x cross join lateral (
		select count(*) filter (where etat = '') as suivent, count(*) filter (where etat <> '') as closes
		from demandes_restructuration($1, $2)
		where place = x.ecole_uai and exists (select from restructuration where id = $1 and faite_le is null and annulee_le is null)) d join ecole e on e.uai = x.ecole_uai join commune c on c.insee = e.commune_insee
	where x.restructuration_id = $1 order by x.ferme, e.nom, e.uai`

// touche is a pupil of a decision: what it will do, or has done, to him.
type touche struct {
	Acte    string
	De      string
	Vers    string
	Niveau  string
	Classe  string
	Annee   int
	Nom     string
	Prenom  string
	EleveID uuid.UUID
}

const touchesSQL = `
	select p.acte, p.ecole_uai as de, coalesce(p.vers_uai, '') as vers, coalesce(p.niveau, '') as niveau, coalesce(k.libelle_court, '') as classe,
		p.annee, coalesce(s.nom_famille, i.nom_famille, '') as nom, coalesce(s.prenom, i.prenom, '') as prenom, p.eleve_id
	from (
		select acte, ecole_uai, vers_uai, niveau, classe_id, annee, eleve_id, scolarite_id, inscription_id from plan_restructuration($1)
		where exists (select from restructuration where id = $1 and faite_le is null and annulee_le is null)
		union all
		select acte, ecole_uai, vers_uai, niveau, classe_id, annee, eleve_id, scolarite_id, inscription_id from restructuration_eleve
		where restructuration_id = $1) p
	left join scolarite s on s.id = p.scolarite_id left join inscription i on i.id = p.inscription_id left join classe k on k.id = p.classe_id
	order by p.acte, p.annee, p.ecole_uai, array_position($2::text[], p.niveau), coalesce(s.cle_nom, i.cle_nom), p.eleve_id`

// effectif is how many pupils a school has in a niveau, present or expected, in the year of the decision.
type effectif struct {
	Ecole  string
	Niveau string
	Nombre int
}

const effectifsSQL = `
	select s.ecole_uai as ecole, coalesce(s.niveau, '') as niveau, count(*) as nombre
	from restructuration r join restructuration_ecole x on x.restructuration_id = r.id
	join scolarite s on s.ecole_uai = x.ecole_uai and s.annee = r.annee
	where r.id = $1 and s.etat in ('admissible', 'admis_accepte', 'admis_definitif') group by 1, 2`

// apercu is the page of a decision.
type apercu struct {
	agent     habilitation.Agent
	decision  restructuration.Decision
	ecoles    []concernee
	touches   []touche
	effectifs []effectif
	form      *httpx.Form
}

func (p Pages) readApercu(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (a apercu, err error) {
	a = apercu{agent: agent, form: httpx.NewForm(nil)}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &a.decision, restructuration.SQL, id)
		territoire.Toutes(l, &a.ecoles, concerneesSQL, id, agent.Aujourdhui())
		territoire.Toutes(l, &a.touches, touchesSQL, id, ecole.Niveaux())
		territoire.Toutes(l, &a.effectifs, effectifsSQL, id)
	})
	return a, err
}

func (p Pages) showDecision(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	a, err := p.readApercu(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, apercuPage(a))
}

// submitDecision does what was announced, undoes what was done, or gives it up.
func (p Pages) submitDecision(what string) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		id, err := httpx.ID(r, "id")
		if err != nil {
			return err
		}
		f, err := httpx.ReadForm(r, agent.Aujourdhui())
		if err != nil {
			return err
		}
		err = p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			said, undo, err := decider(ctx, tx, agent, what, id, f.Version())
			if err == nil {
				p.Flash(ctx, said, undo)
			}
			return pathDecision(id), err
		})
		if !f.Refused(err) {
			return err
		}
		a, wrong := p.readApercu(r.Context(), agent, id)
		if wrong != nil {
			return wrong
		}
		a.form = f
		return p.Render(w, r, http.StatusUnprocessableEntity, apercuPage(a))
	}
}

func decider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, what string, id uuid.UUID, v int) (said, undo string, err error) {
	switch what {
	case "executer":
		n, err := restructuration.Executer(ctx, tx, agent, id, v)
		return "La décision est exécutée pour " + ui.Plural(n, "élève", "élèves") + ".", pathDecision(id) + "/annuler", err
	case "annuler":
		n, err := restructuration.Annuler(ctx, tx, agent, id, v)
		if n > 0 {
			return "La décision est annulée, sauf pour " + ui.Plural(n, "élève suivi depuis, qui reste où il est.", "élèves suivis depuis, qui restent où ils sont."), "", err
		}
		return "La décision est annulée\u00a0: tout est comme avant.", "", err
	}
	return "L’annonce est retirée.", "", restructuration.Abandonner(ctx, tx, agent, id, v)
}
