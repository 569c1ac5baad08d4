package historiques

import (
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// consultation is the openings of the file by one agent on one day.
type consultation struct {
	Le      time.Time
	Fois    int
	Acte    journal.Acte
	Objet   string
	Motif   string
	Moi     bool
	Role    habilitation.Role
	Lieu    string
	Commune string
}

const consultationsSQL = `select le, fois, acte, objet, motif, moi, role, lieu, commune from consultations($1)`

func (p Pages) consultations(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var list []consultation
	n, err := p.read(r.Context(), r, agent, func(l *territoire.Lecture, id uuid.UUID) {
		territoire.Toutes(l, &list, consultationsSQL, id)
	})
	if err != nil {
		return err
	}
	noms := ""
	if agent.Can(habilitation.ConsulterJournal) {
		noms = "/journal/eleves/" + n.ID.String()
	}
	return p.Render(w, r, http.StatusOK, consultationsPage(n, consultationsTable(list), noms))
}

func consultationsTable(list []consultation) ui.TableProps {
	t := ui.TableProps{
		Caption: "Les deux cents dernières consultations, la plus récente d’abord",
		Columns: []ui.Column{{Label: "Dernière fois"}, {Label: "Qui"}, {Label: "Quoi"}},
	}
	for _, c := range list {
		qui := auteur{c.Moi, c.Role, c.Lieu, c.Commune}.String()
		t.Rows = append(t.Rows, ui.ListRow{Label: qui, Cells: ui.Cells(quand(c.Le), qui, c.quoi())})
	}
	return t
}

// quoi is what was done, how often, and why where it had to be said.
func (c consultation) quoi() string {
	s := "A ouvert le dossier"
	switch {
	case c.Acte == journal.Editer:
		s = "A édité un document"
	case c.Acte == journal.Exporter:
		s = "A exporté une liste"
	case c.Acte == journal.Extraire:
		s = "A extrait un fichier"
	case c.Acte == journal.Reveler && c.Objet == string(immatriculation.Numero):
		s = "A affiché l’INE"
	case c.Acte == journal.Reveler:
		s = "A affiché les coordonnées"
	}
	if c.Fois > 1 {
		s += ", " + strconv.Itoa(c.Fois) + "\u00a0fois"
	}
	if motif := inscription.Libelle(immatriculation.MotifsReveler, c.Motif); c.Motif != "" && motif != "" {
		s += "\u00a0: " + motif
	}
	return s
}

// quand writes an instant of the base, in the hour of France.
func quand(t time.Time) string { return date.Heure(t) }
