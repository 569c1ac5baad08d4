package groupes

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/groupe"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is a group.
type fiche struct {
	ID          uuid.UUID
	Version     int
	Annee       int
	Libelle     string
	Nature      groupe.Nature
	Intervenant string
	EffectifMax int
}

const ficheSQL = `
	select id, version, annee, libelle, nature, intervenant, coalesce(effectif_max, 0) as effectif_max from groupe where id = $1`

func (g fiche) path() string { return path(g.ID) }

func (g fiche) annee() ecole.Annee { return ecole.Annee(g.Annee) }

// identite says what group it is: « Chorale, arts – M. Rey – 2026-2027 ».
func (g fiche) identite() string {
	parts := []string{g.Nature.Label()}
	if g.Intervenant != "" {
		parts = append(parts, g.Intervenant)
	}
	return strings.Join(append(parts, g.annee().Libelle()), " – ")
}

func (g fiche) crumbs() ui.PageOption {
	return ui.Crumbs(ui.Crumb{Label: "Groupes", Href: listHref(g.Annee)}, ui.Crumb{Label: g.Libelle, Href: g.path()})
}

const membresSQL = formulaire.ElevesSQL + `
	from groupe_eleve m join scolarite s on s.id = m.scolarite_id left join classe k on k.id = s.classe_id
	where m.groupe_id = $1 and s.etat in ('admis_accepte', 'admis_definitif')
	order by s.cle_nom, s.id`

// liste is a group and its pupils.
type liste struct {
	fiche   fiche
	membres []formulaire.Eleve
	errs    ui.Errors
}

func (p Pages) readListe(ctx context.Context, agent habilitation.Agent, id uuid.UUID, besides func(*territoire.Lecture)) (v liste, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.fiche, ficheSQL, id)
		territoire.Toutes(l, &v.membres, membresSQL, id)
		besides(l)
	})
	return v, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.renderShow(w, r, agent, id, http.StatusOK, nil)
}

func (p Pages) renderShow(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, status int, errs ui.Errors) error {
	v, err := p.readListe(r.Context(), agent, id, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	v.errs = errs
	return p.Render(w, r, status, showPage(v))
}

// effectif counts: « 12 élèves, 15 au plus ».
func (v liste) effectif() string {
	s := ui.Plural(len(v.membres), "élève", "élèves")
	if v.fiche.EffectifMax > 0 {
		s += ", " + ui.Places(v.fiche.EffectifMax) + "\u00a0au plus"
	}
	return s
}

func (v liste) props() ui.ListProps {
	props := ui.ListProps{
		Caption: "Élèves du groupe " + v.fiche.Libelle, Scope: v.effectif(), Path: v.fiche.path(), Exports: tableau.Formats,
		Columns: formulaire.ElevesColonnes, Pager: ui.Pager{Page: 1, PerPage: len(v.membres), Total: len(v.membres)},
		Bulk:  []ui.BulkAction{{Label: "Retirer du groupe", Action: v.fiche.path() + "/retirer"}},
		Empty: ui.EmptyProps{Sentence: "Aucun élève n’est dans ce groupe.", Href: v.fiche.path() + "/eleves", Action: "Ajouter des élèves"},
	}
	for _, m := range v.membres {
		props.Rows = append(props.Rows, m.Row(false))
	}
	return props
}

func (p Pages) exportShow(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readListe(r.Context(), agent, id, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "groupe", ID: id, Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Groupe " + v.fiche.Libelle, Details: []string{v.fiche.identite(), v.effectif()}, Issuer: agent.Territoire,
		Made: agent.Maintenant, Portrait: true, Empty: "Aucun élève n’est dans ce groupe.",
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Sexe", "Niveau", "Classe"),
	}
	for _, m := range v.membres {
		t.Eleves = append(t.Eleves, m.EleveID)
		t.Rows = append(t.Rows, []any{m.NomFamille, m.NomUsage, m.Prenom, m.DateNaissance, m.Sexe, m.Niveau, m.Classe})
	}
	return p.Export(w, r, agent, "groupe-"+v.fiche.annee().Libelle(), t)
}
