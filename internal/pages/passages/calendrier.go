package passages

import (
	"context"
	"net/http"
	"slices"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const pathCalendrier = "/passages/calendrier"

// echeance is a step of the calendar, with those of the list who have not gone through it.
type echeance struct {
	passage.Jalon
	Le     time.Time
	Reste  int
	Retard bool
}

// attendus are those who have not gone through each of the steps that the school does itself.
var attendus = map[string][]passage.Attente{
	"propositions_le": {passage.AProposer, passage.ANotifier},
	"decisions_le":    {passage.ADecider},
	"commission_le":   {passage.EnAppel},
}

// echeances are the steps of a year. A step of the past is late as long as somebody waits for it.
func echeances(c passage.Campagne, comptes passage.Comptes, today time.Time) []echeance {
	list := make([]echeance, len(passage.Jalons))
	for i, j := range passage.Jalons {
		list[i] = echeance{Jalon: j, Le: c.Jours[i]}
		for _, a := range attendus[j.Champ] {
			list[i].Reste += comptes.De(a)
		}
		list[i].Retard = list[i].Reste > 0 && c.Saison(today) && today.After(c.Jours[i])
	}
	return list
}

func (v view) echeances() []echeance {
	return echeances(passage.LireCampagne(v.critere.Annee, v.lecture.campagne), v.lecture.comptes, v.agent.Aujourdhui())
}

// prochaine is the step to come, in a few words; "" once all are past.
func prochaine(list []echeance, today time.Time) string {
	i := slices.IndexFunc(list, func(e echeance) bool { return !today.After(e.Le) })
	if i < 0 {
		return ""
	}
	return list[i].Label + ", jusqu’au " + date.Long(list[i].Le)
}

// retard says what should have been done; "" when nothing should.
func (e echeance) retard() string {
	return e.Label + "\u00a0: " + ui.Plural(e.Reste, "élève attend", "élèves attendent") + " depuis le " + date.Long(e.Le) + "."
}

// calendrierTable is the whole calendar.
func calendrierTable(list []echeance) ui.TableProps {
	t := ui.TableProps{Caption: "Calendrier", Columns: []ui.Column{{Label: "Étape"}, {Label: "Jusqu’au"}, {Label: "Ce qui est fait d’ici là"}}}
	for _, e := range list {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(e.Label, date.Court(e.Le), e.Quoi)})
	}
	return t
}

// anneeReglee is the year whose calendar an IA sets: the present one, or the one that the address names.
func anneeReglee(r *http.Request, agent habilitation.Agent) ecole.Annee {
	return httpx.Annee(r.URL.Query(), agent)
}

func (p Pages) readCampagne(ctx context.Context, agent habilitation.Agent, a ecole.Annee) (passage.Campagne, error) {
	var row *passage.LigneCampagne
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Peut(l, &row, passage.SQLCampagne, int(a))
	})
	return passage.LireCampagne(a, row), err
}

func (p Pages) askCalendrier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.readCampagne(r.Context(), agent, anneeReglee(r, agent))
	if err != nil {
		return err
	}
	values := map[string]string{}
	for i, j := range passage.Jalons {
		values[j.Champ] = date.Court(c.Jours[i])
	}
	return p.Render(w, r, http.StatusOK, calendrierPage(reglage{c, httpx.NewForm(values), false}))
}

// reglage is the page where the IA sets the calendar.
type reglage struct {
	campagne passage.Campagne
	form     *httpx.Form
	conflict bool
}

// differences are the days that somebody else has set, and those that were typed.
func (v reglage) differences() ui.ConflictProps {
	var p ui.ConflictProps
	for i, j := range passage.Jalons {
		p.Rows = append(p.Rows, ui.ConflictRow{Label: j.Label, Theirs: date.Court(v.campagne.Jours[i]), Mine: v.form.Text(j.Champ)})
	}
	return p
}

func (p Pages) regler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c := passage.Campagne{Annee: anneeReglee(r, agent), Version: f.Version()}
	for _, j := range passage.Jalons {
		c.Jours = append(c.Jours, f.DateOrNone(j.Champ))
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := passage.Regler(ctx, tx, agent, c)
			if err == nil {
				p.Flash(ctx, "Le calendrier des passages "+c.Annee.Libelle()+" est enregistré.", "")
			}
			return "/passages", err
		})
	}
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	v := reglage{campagne: c, form: f, conflict: stale}
	status := http.StatusUnprocessableEntity
	if stale {
		status = http.StatusConflict
		if v.campagne, err = p.readCampagne(r.Context(), agent, c.Annee); err != nil {
			return err
		}
	}
	return p.Render(w, r, status, calendrierPage(v))
}
