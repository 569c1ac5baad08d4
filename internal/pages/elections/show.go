package elections

import (
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// vue is the page of an election.
type vue struct {
	fiche fiche
	today time.Time
	gere  bool // the directeur, who acts
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v := vue{today: agent.Aujourdhui(), gere: agent.Can(habilitation.GererElections)}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { territoire.Une(l, &v.fiche, ficheSQL, id) })
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(v))
}

// precedente is an election of another year.
type precedente struct {
	ID        uuid.UUID
	Annee     int
	ScrutinLe time.Time
	Annulee   bool
}

// accueil is what a directeur finds first: the election of the year, and the way to the others.
type accueil struct {
	annee       ecole.Annee
	today       time.Time
	classes     int
	fiche       *fiche
	precedentes []precedente
}

func (p Pages) showEcole(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	a := accueil{annee: httpx.Annee(r.URL.Query(), agent), today: agent.Aujourdhui()}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Peut(l, &a.fiche, ficheColumns+` where x.ecole_uai = $1 and x.annee = $2
			order by x.annulee_le desc nulls first, x.id limit 1`, agent.Ecole, int(a.annee))
		territoire.Toutes(l, &a.precedentes,
			`select id, annee, scrutin_le, annulee_le is not null as annulee from election
			where ecole_uai = $1 and (annee <> $2 or annulee_le is not null) order by annee desc, scrutin_le desc`, agent.Ecole, int(a.annee))
		territoire.Valeur(l, &a.classes, `select count(*)::int from classe where ecole_uai = $1 and annee = $2`, agent.Ecole, int(a.annee))
	})
	if err != nil {
		return err
	}
	if a.fiche != nil {
		a.precedentes = slices.DeleteFunc(a.precedentes, func(x precedente) bool { return x.ID == a.fiche.ID })
		return p.Render(w, r, http.StatusOK, currentPage(a))
	}
	return p.Render(w, r, http.StatusOK, emptyPage(a))
}

// vue is the election of the year.
func (a accueil) vue() vue { return vue{fiche: *a.fiche, today: a.today, gere: true} }

// rappel says what the texts ask of the year, before anything is decided.
func (a accueil) rappel() string {
	return "On vote avant la fin de la septième semaine, au plus tard le " + date.Long(election.Limite(a.annee)) + ". L’école a " +
		ui.Plural(a.classes, "classe", "classes") + "\u00a0: autant de sièges, et autant de suppléants au plus."
}

func (a accueil) autres() ui.TableProps {
	t := ui.TableProps{Caption: "Autres élections", Columns: []ui.Column{{Label: "Année"}, {Label: "Vote"}}}
	for _, x := range a.precedentes {
		libelle := ecole.Annee(x.Annee).Libelle()
		vote := date.Court(x.ScrutinLe)
		if x.Annulee {
			vote += ", annulé"
		}
		t.Rows = append(t.Rows, ui.ListRow{Href: path(x.ID), Label: libelle, Cells: ui.Cells(libelle, vote)})
	}
	return t
}
