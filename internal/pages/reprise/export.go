package reprise

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	domain "base-eleves/internal/domain/reprise"
	"base-eleves/internal/httpx"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// readExport reads what the exports write; noted tells that the files leave the school.
func (p Pages) readExport(ctx context.Context, r *http.Request, agent habilitation.Agent, noted bool) (b domain.Base, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		domain.QueueExport(l, agent, httpx.Annee(r.URL.Query(), agent), &b)
		if noted {
			journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "scolarite", Ecole: agent.Ecole})
		}
	})
	return b, err
}

// takeExport reads what leaves the school, and notes it and each pupil whom the file names.
func (p Pages) takeExport(r *http.Request, agent habilitation.Agent, emportes func(domain.Base) []uuid.UUID) (domain.Base, error) {
	b, err := p.readExport(r.Context(), r, agent, true)
	if err != nil {
		return b, err
	}
	return b, journal.Emporter(r.Context(), p.DB, agent, journal.Exporter, emportes(b))
}

func encodage(r *http.Request) onde.Encodage {
	if r.URL.Query().Get("encodage") == string(onde.UTF8) {
		return onde.UTF8
	}
	return onde.Latin1
}

func (p Pages) exportEleves(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	b, err := p.takeExport(r, agent, domain.Base.Emportes)
	if err != nil {
		return err
	}
	content, _ := onde.EcrireEleves(domain.ExporterEleves(b), encodage(r))
	return httpx.File(w, "text/csv; charset="+string(encodage(r)), "CSVExtraction.csv", content)
}

func (p Pages) exportResponsables(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	b, err := p.takeExport(r, agent, domain.Base.Rattaches)
	if err != nil {
		return err
	}
	content, _ := onde.EcrireResponsables(domain.ExporterResponsables(b), encodage(r), r.URL.Query().Get("etendu") != "")
	return httpx.File(w, "text/csv; charset="+string(encodage(r)), "CSVExtraction-responsables.csv", content)
}

// sorties says what the files hold, and what their old encoding changes, before they are taken.
type sorties struct {
	eleves, responsables int
	sansClasse           int
	remplaces            []onde.Remplacement
}

func (p Pages) exports(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	b, err := p.readExport(r.Context(), r, agent, false)
	if err != nil {
		return err
	}
	eleves, responsables := domain.ExporterEleves(b), domain.ExporterResponsables(b)
	s := sorties{eleves: len(eleves), responsables: len(responsables)}
	for _, e := range eleves {
		if e.ClasseID == "" {
			s.sansClasse++
		}
	}
	_, ofPupils := onde.EcrireEleves(eleves, onde.Latin1)
	_, ofPeople := onde.EcrireResponsables(responsables, onde.Latin1, false)
	s.remplaces = distinct(append(ofPupils, ofPeople...))
	return p.Render(w, r, http.StatusOK, exportsPage(s))
}

// distinct keeps each value replaced once.
func distinct(list []onde.Remplacement) []onde.Remplacement {
	seen := map[string]bool{}
	var kept []onde.Remplacement
	for _, r := range list {
		if !seen[r.Colonne+r.Valeur] {
			seen[r.Colonne+r.Valeur] = true
			kept = append(kept, r)
		}
	}
	return kept
}

// remplacesMax is how many values replaced a page shows.
const remplacesMax = 100

func (s sorties) table() ui.TableProps {
	t := ui.TableProps{Caption: "Valeurs réécrites", Columns: []ui.Column{{Label: "Colonne"}, {Label: "Dans la base"}, {Label: "Dans le fichier"}}}
	for _, r := range s.remplaces[:min(len(s.remplaces), remplacesMax)] {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(r.Colonne, r.Valeur, r.Ecrit)})
	}
	return t
}
