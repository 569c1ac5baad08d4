package journaux

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// titulaire is an account of the département, as the IA reads it.
type titulaire struct {
	ID          uuid.UUID
	Identifiant string
	Prenom, Nom string
}

func (c titulaire) nom() string { return strings.TrimSpace(c.Prenom + " " + c.Nom) }

const comptesSQL = `
	select id, identifiant, prenom, nom from compte
	where departement_code = portee_dsden() and ($1 = '' or lower(nom || ' ' || prenom || ' ' || identifiant) like '%' || lower($1) || '%')
	order by nom, prenom, id limit 51`

// comptes looks for the account to read about.
func (p Pages) comptes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := strings.TrimSpace(r.URL.Query().Get("q"))
	var list []titulaire
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, comptesSQL, strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q))
	})
	if err != nil {
		return err
	}
	more := len(list) > parPage
	props := ui.ListProps{
		Caption: "Comptes du département", Path: pathComptes, Query: r.URL.Query(), Search: "Nom ou identifiant",
		Columns: []ui.Column{{Label: "Nom"}, {Label: "Identifiant"}},
		Empty:   ui.EmptyProps{Sentence: "Aucun compte ne répond à cette recherche."},
	}
	for _, c := range list[:min(len(list), parPage)] {
		props.Rows = append(props.Rows, ui.ListRow{Href: pathComptes + "/" + c.ID.String(), Label: c.nom(), Cells: ui.Cells(c.nom(), c.Identifiant)})
	}
	return p.Render(w, r, http.StatusOK, comptesPage(props, more))
}

// vu is a pupil whose file the account has seen.
type vu struct {
	EleveID       uuid.UUID
	Fois          int
	Premiere      time.Time
	Derniere      time.Time
	Ecole         string
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance *time.Time
}

// nom is the pupil's name while his file is in the département; elsewhere the journal keeps its number alone.
func (v vu) nom() string {
	if v.NomFamille == "" {
		return "Dossier hors du département"
	}
	return eleve.NomListe(v.NomFamille, v.NomUsage, v.Prenom)
}

const vusSQL = `select eleve_id, fois::int, premiere, derniere, ecole, nom_famille, nom_usage, prenom, date_naissance from eleves_vus($1, $2, $3)`

const compteSQL = `select id, identifiant, prenom, nom from compte where id = $1 and departement_code = portee_dsden()`

// compte shows what an account has seen between two days.
func (p Pages) compte(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := lireVue(r, agent)
	if err != nil {
		return err
	}
	rap := rapport{vue: v}
	du, au := v.periode.bornes(agent)
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &rap.compte, compteSQL, id)
		if v.form.Err() == nil {
			territoire.Toutes(l, &rap.vus, vusSQL, id, du, au)
			territoire.Toutes(l, &rap.actes, parActeSQL, id, du, au)
		}
		journal.Queue(l, agent, journal.Ligne{Acte: journal.LireJournal, Objet: "compte", ID: id})
	})
	if err != nil {
		return err
	}
	rap.total = len(rap.vus)
	return p.Render(w, r, v.status(), comptePage(rap))
}

// exporter reads a file about an account, notes it, and sends it.
func (p Pages) exporter(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, name string,
	read func(l *territoire.Lecture, id uuid.UUID, du, au time.Time), table func() tableau.Table,
) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := lireVue(r, agent)
	if err != nil {
		return err
	}
	if v.form.Err() != nil {
		return v.form.Err()
	}
	du, au := v.periode.bornes(agent)
	var c titulaire
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &c, compteSQL, id)
		read(l, id, du, au)
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "compte", ID: id, Motif: "violation"})
	})
	if err != nil {
		return err
	}
	return p.Export(w, r, agent, name, table())
}

// exportEleves is the list of the pupils seen: whose families are told.
func (p Pages) exportEleves(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var list []vu
	return p.exporter(w, r, agent, "eleves-vus", func(l *territoire.Lecture, id uuid.UUID, du, au time.Time) {
		territoire.Toutes(l, &list, vusSQL, id, du, au)
	}, func() tableau.Table {
		t := tableau.Table{Title: "Élèves dont un compte a vu le dossier",
			Columns: tableau.Columns("Élève", "Né le", "École", "Fois", "Première fois", "Dernière fois", "Dossier")}
		for _, e := range list {
			t.Eleves = append(t.Eleves, e.EleveID)
			t.Rows = append(t.Rows, []any{e.nom(), date.CourtOuRien(e.DateNaissance), e.Ecole, e.Fois, date.Heure(e.Premiere), date.Heure(e.Derniere), e.EleveID.String()})
		}
		return t
	})
}

// fait is a line of an account.
type fait struct {
	Le         time.Time
	Acte       journal.Acte
	Objet      string
	ObjetID    *uuid.UUID
	Motif      string
	Role       string
	Lieu       string
	Commune    string
	Adresse    string
	Ecole      string
	NomFamille string
	NomUsage   string
	Prenom     string
}

// exportLignes is every line of the account.
func (p Pages) exportLignes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var list []fait
	return p.exporter(w, r, agent, "journal-du-compte", func(l *territoire.Lecture, id uuid.UUID, du, au time.Time) {
		territoire.Toutes(l, &list, `select * from journal_du_compte($1, $2, $3)`, id, du, au)
	}, func() tableau.Table {
		t := tableau.Table{Title: "Journal d’un compte",
			Columns: tableau.Columns("Quand", "Acte", "Sur", "Élève", "École", "Pour", "Adresse du réseau", "Identifiant de l’objet")}
		for _, f := range list {
			nom, objet := "", ""
			if f.NomFamille != "" {
				nom = eleve.NomListe(f.NomFamille, f.NomUsage, f.Prenom)
				t.Eleves = append(t.Eleves, *f.ObjetID)
			}
			if f.ObjetID != nil {
				objet = f.ObjetID.String()
			}
			t.Rows = append(t.Rows, []any{date.Heure(f.Le), acte(f.Acte, f.Motif), journal.Objet(f.Objet), nom, f.Ecole, pour(f.Role, f.Lieu, f.Commune), f.Adresse, objet})
		}
		return t
	})
}

// ouverture is one opening of a file, with the name of who opened it.
type ouverture struct {
	Le          time.Time
	Acte        journal.Acte
	Motif       string
	CompteID    uuid.UUID
	Nom         string
	Identifiant string
	Role        string
	Lieu        string
	Commune     string
	Adresse     string
}

// titre is whose file it is.
type titre struct{ NomFamille, NomUsage, Prenom string }

// dossier shows who opened a file.
func (p Pages) dossier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	var e titre
	var list []ouverture
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &e, `select nom_famille, nom_usage, prenom from eleve where id = $1`, id)
		territoire.Toutes(l, &list, `select * from ouvertures_du_dossier($1)`, id)
		journal.QueueDossier(l, agent, journal.LireJournal, id)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, dossierPage(eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom), "/eleves/"+id.String(), ouvertures(list)))
}

func ouvertures(list []ouverture) ui.TableProps {
	t := ui.TableProps{Caption: "Les mille dernières lignes, la plus récente d’abord", Columns: []ui.Column{
		{Label: "Quand"}, {Label: "Qui"}, {Label: "Pour"}, {Label: "Acte"}, {Label: "Adresse du réseau"}}}
	for _, o := range list {
		qui := o.Nom
		if qui == "" {
			qui = "Compte supprimé"
		}
		t.Rows = append(t.Rows, ui.ListRow{Href: pathComptes + "/" + o.CompteID.String(), Label: qui,
			Cells: ui.Cells(date.Heure(o.Le), qui, pour(o.Role, o.Lieu, o.Commune), acte(o.Acte, o.Motif), o.Adresse)})
	}
	return t
}

// technicalLine is what happened to an account.
type technicalLine struct {
	Le      time.Time
	Acte    journal.Acte
	Motif   string
	Par     string
	Sur     string
	Adresse string
	Total   int
}

const techniqueSQL = `select le, acte, motif, par, sur, adresse, total::int from journal_technique($1, $2, null) limit $3 offset $4`

// technique shows log-ins, keys, sessions and stops.
func (p Pages) technique(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := lireVue(r, agent)
	if err != nil {
		return err
	}
	var list []technicalLine
	if v.form.Err() == nil {
		list, err = p.technicalLines(r.Context(), agent, v)
	}
	if err != nil {
		return err
	}
	if len(list) > 0 {
		v.total = list[0].Total
	}
	var rows []ui.ListRow
	for _, l := range list {
		rows = append(rows, ui.ListRow{Cells: ui.Cells(date.Heure(l.Le), acte(l.Acte, l.Motif), l.Par, l.Sur, l.Adresse)})
	}
	columns := []ui.Column{{Label: "Quand", Whole: true}, {Label: "Acte"}, {Label: "Par"}, {Label: "Sur le compte"}, {Label: "Adresse du réseau"}}
	return p.Render(w, r, v.status(), techniquePage(v, v.liste(pathTechnique, "Comptes, clés et sessions", columns, rows)))
}

func (p Pages) technicalLines(ctx context.Context, agent habilitation.Agent, v vue) (list []technicalLine, err error) {
	du, au := v.periode.bornes(agent)
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, techniqueSQL, du, au, parPage, (v.page-1)*parPage)
	})
	return list, err
}
