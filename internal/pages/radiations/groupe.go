package radiations

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/depart"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// groupe is a departure of several pupils, done at once.
type groupe struct {
	ID         uuid.UUID
	Version    int
	FaiteLe    time.Time
	Le         time.Time
	AnnuleeLe  *time.Time
	Eleves     int
	Conservees int
}

const groupeSQL = `
	select d.id, d.version, d.faite_le, d.le, d.annulee_le, count(*) as eleves, count(*) filter (where l.conservee) as conservees
	from depart d join depart_ligne l on l.depart_id = d.id where `

// recentsSQL reads the departures that can still be taken back, or were of late.
const recentsSQL = groupeSQL + `d.ecole_uai = any (portee_ecoles()) and d.faite_le > $1::timestamptz - interval '30 days'
	group by d.id order by d.faite_le desc limit 10`

func groupePath(id uuid.UUID) string { return "/radiations/departs/" + id.String() }

func (g groupe) annulable(now time.Time) bool { return depart.Annulable(g.FaiteLe, g.AnnuleeLe, now) }

// issue says what became of it.
func (g groupe) issue() string {
	switch {
	case g.AnnuleeLe == nil:
		return ""
	case g.Conservees > 0:
		return "Annulé le " + date.Court(*g.AnnuleeLe) + ", sauf pour " + ui.Plural(g.Conservees, "élève", "élèves")
	}
	return "Annulé le " + date.Court(*g.AnnuleeLe)
}

// recents is the table of the departures of several pupils.
func recents(list []groupe) ui.TableProps {
	t := ui.TableProps{Caption: "Départs de plusieurs élèves depuis 30 jours", Columns: []ui.Column{
		{Label: "Enregistré le"}, {Label: "Radiation le"}, {Label: "Élèves", Number: true}, {Label: "Suite"},
	}}
	for _, g := range list {
		t.Rows = append(t.Rows, ui.ListRow{Href: groupePath(g.ID), Cells: ui.Cells(date.Heure(g.FaiteLe), date.Court(g.Le), ui.Count(g.Eleves), g.issue())})
	}
	return t
}

// membresSQL are the pupils of a departure, as they are now.
const membresSQL = `
	select s.id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, coalesce(s.niveau, '') as niveau,
		s.etat, s.date_radiation, s.motif_radiation as motif,
		case when d.uai is null then s.destination else concat_ws(', ', d.nom, c.nom) end as destination, l.conservee
	from depart_ligne l join scolarite s on s.id = l.scolarite_id
	left join ecole d on d.uai = s.destination_uai left join commune c on c.insee = d.commune_insee
	where l.depart_id = $1 order by s.cle_nom, s.id`

// membre is one of them.
type membre struct {
	ID            uuid.UUID
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Etat          string
	DateRadiation *time.Time
	Motif         string
	Destination   string
	Conservee     bool
}

func (m membre) ligne() ligne {
	return ligne{NomFamille: m.NomFamille, NomUsage: m.NomUsage, Prenom: m.Prenom, Motif: m.Motif}
}

// situation says what became of him.
func (m membre) situation() string {
	switch {
	case m.DateRadiation == nil:
		return "Rétabli"
	case m.Conservee:
		return date.Court(*m.DateRadiation) + ", non annulé"
	}
	return date.Court(*m.DateRadiation)
}

// showDepart shows a departure of several pupils, with their certificates and the way back.
func (p Pages) showDepart(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	var g groupe
	var list []membre
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Consulter, Objet: "depart", ID: id, Ecole: agent.Ecole})
		territoire.Une(l, &g, groupeSQL+`d.id = $1 group by d.id`, id)
		territoire.Toutes(l, &list, membresSQL, id)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, groupePage(g, membres(list), agent.Maintenant))
}

func membres(list []membre) ui.TableProps {
	t := ui.TableProps{Caption: "Élèves de ce départ", Columns: []ui.Column{
		{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: "Radiation le"}, {Label: "Motif"}, {Label: "Destination"},
	}}
	for _, m := range list {
		l := m.ligne()
		t.Rows = append(t.Rows, ui.ListRow{Href: path(m.ID), Label: l.nom(), Cells: ui.Cells(l.nom(), m.Niveau, m.situation(), l.motif(), m.Destination)})
	}
	return t
}

// undoDepart takes a departure of several pupils back, and names those it left.
func (p Pages) undoDepart(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		laisses, err := depart.Annuler(ctx, tx, agent, id, f.Version())
		if err != nil {
			return "", err
		}
		said := "Le départ est annulé\u00a0: les élèves sont de nouveau présents."
		if len(laisses) > 0 {
			names, err := noms(ctx, tx, laisses)
			if err != nil {
				return "", err
			}
			said = "Le départ est annulé, sauf pour ceux qu’une autre école a admis ou dont le départ a été modifié\u00a0: " + names + "."
		}
		p.Flash(ctx, said, "")
		return groupePath(id), nil
	})
}

// noms names pupils in a sentence.
func noms(ctx context.Context, tx territoire.Tx, ids []uuid.UUID) (string, error) {
	list, err := territoire.Lignes[struct{ NomFamille, NomUsage, Prenom string }](ctx, tx,
		`select nom_famille, nom_usage, prenom from scolarite where id = any ($1) order by cle_nom, id`, ids)
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = ligne{NomFamille: e.NomFamille, NomUsage: e.NomUsage, Prenom: e.Prenom}.nom()
	}
	return strings.Join(names, ", "), err
}
