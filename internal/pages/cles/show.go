package cles

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passkey"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is a key and all that its page reads.
type fiche struct {
	cle    detail
	etapes []etape
	form   *httpx.Form
}

type detail struct {
	ID          uuid.UUID
	Version     int
	NumeroSerie string
	Type        string
	Materielle  bool
	Algorithme  string
	Chiffres    int
	Periode     int
	Etat        cle.Etat
	Motif       string
	EtatLe      time.Time
	Decalage    int
	Echecs      int
	Titulaire   string
	Identifiant string
	Departement string
}

const detailSQL = `
	select k.id, k.version, k.numero_serie, k.type, k.materielle, k.algorithme, k.chiffres::int, k.periode::int, k.etat, k.motif, k.etat_le,
		(k.recale + k.derive)::int as decalage, k.echecs::int, coalesce(trim(concat_ws(' ', nullif(c.civilite, ''), c.prenom, c.nom)), '') as titulaire,
		coalesce(c.identifiant, '') as identifiant, d.nom as departement
	from cle k join departement d on d.code = k.departement_code left join compte c on c.id = k.compte_id where k.id = $1`

// etape is a step of the life of a key. Nobody is named for what the base did by itself.
type etape struct {
	Etat      cle.Etat
	Motif     string
	Le        time.Time
	Titulaire string
	Par       string
}

const etapesSQL = `
	select s.etat, s.motif, s.le, coalesce(trim(c.prenom || ' ' || c.nom), '') as titulaire, coalesce(trim(p.prenom || ' ' || p.nom), '') as par
	from cle_etape s left join compte c on c.id = s.compte_id left join compte p on p.id = s.par
	where s.cle_id = $1 order by s.id desc limit 50`

func (p Pages) lire(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (fiche, error) {
	f := fiche{form: httpx.NewForm(nil)}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &f.cle, detailSQL, id)
		territoire.Toutes(l, &f.etapes, etapesSQL, id)
	})
	return f, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := p.lire(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(f))
}

func (f fiche) path() string { return path + "/" + f.cle.ID.String() }

// peut tells whether the key is in a state where that may be done.
func (f fiche) peut(g cle.Geste) bool {
	return slices.Contains(f.cle.Etat.Gestes(f.cle.Type, f.cle.Materielle), g)
}

func (f fiche) action(g cle.Geste) string { return f.path() + "/" + string(g) }

// tenue tells a key that its holder has in his hands, and that may be set again.
func (f fiche) tenue() bool {
	return f.cle.Type != passkey.Type && (f.cle.Etat == cle.Remise || f.cle.Etat == cle.Active)
}

// aSigner tells a key whose receipt may be printed.
func (f fiche) aSigner() bool { return f.tenue() || f.cle.Etat == cle.Attribuee }

func (f fiche) resume() []ui.SummaryRow {
	k := f.cle
	rows := []ui.SummaryRow{
		{Label: "État", Value: etatDit(k.Etat, k.Motif) + ", depuis le " + date.Court(k.EtatLe)},
		{Label: "Genre", Value: genre(k.Materielle, k.Type) + f.codes()},
	}
	if k.Titulaire != "" {
		rows = append(rows, ui.SummaryRow{Label: "Titulaire", Value: titulaire(k.Titulaire, k.Identifiant)})
	}
	if f.tenue() && k.Type != "HOTP" {
		rows = append(rows, ui.SummaryRow{Label: "Horloge", Value: horloge(k.Decalage * k.Periode)})
	}
	if k.Echecs > 0 {
		rows = append(rows, ui.SummaryRow{Label: "Codes faux depuis le dernier bon", Value: ui.Count(k.Echecs)})
	}
	return rows
}

func (f fiche) codes() string {
	if f.cle.Type == passkey.Type {
		return ""
	}
	codes := ", " + strconv.Itoa(f.cle.Chiffres) + "\u00a0chiffres, " + f.cle.Algorithme
	if f.cle.Type == "HOTP" {
		return codes
	}
	return codes + ", un code toutes les " + strconv.Itoa(f.cle.Periode) + "\u00a0secondes"
}

func horloge(seconds int) string {
	switch {
	case seconds > 0:
		return "En avance de " + strconv.Itoa(seconds) + "\u00a0secondes"
	case seconds < 0:
		return "En retard de " + strconv.Itoa(-seconds) + "\u00a0secondes"
	}
	return "À l’heure"
}

func (f fiche) historique() ui.TableProps {
	t := ui.TableProps{Caption: "Étapes", Columns: []ui.Column{{Label: "Le"}, {Label: "État"}, {Label: "Titulaire"}, {Label: "Par"}}}
	for _, s := range f.etapes {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(date.Heure(s.Le), etatDit(s.Etat, s.Motif), s.Titulaire, s.Par)})
	}
	return t
}

func (f fiche) version() string { return strconv.Itoa(f.cle.Version) }
