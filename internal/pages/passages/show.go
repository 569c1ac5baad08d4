package passages

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is the page of one pupil.
type fiche struct {
	ligne    ligne
	agent    habilitation.Agent
	form     *httpx.Form
	conflict bool
}

func (p Pages) readFiche(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (fiche, error) {
	v := fiche{agent: agent}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.ligne, colonnesSQL(passage.SituationSQL)+` where s.id = $1`, id)
	})
	return v, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readFiche(r.Context(), agent, id)
	if err != nil {
		return err
	}
	v.form = httpx.NewForm(v.proposes())
	return p.Render(w, r, http.StatusOK, fichePage(v))
}

// proposes fills the form: what is proposed, or would be for nearly all.
func (v fiche) proposes() map[string]string {
	c := v.ligne.choix()
	values := map[string]string{
		"decision": string(c.Decision), "niveau_suivant": string(c.Niveau), "le": date.Court(v.agent.Aujourdhui()),
	}
	if c.Quittant {
		values["quittant"] = "oui"
	}
	if c.AvisIEN {
		values["avis_ien"] = "oui"
	}
	return values
}

// submit does one step.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := readDemande(f)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			if err := passage.Faire(ctx, tx, agent, id, f.Version(), d); err != nil {
				return "", err
			}
			p.Flash(ctx, dits[d.Etape], "")
			return path(id), nil
		})
	}
	switch {
	case httpx.Stale(err):
		return p.refuse(w, r, agent, id, f, http.StatusConflict)
	case f.Refused(err):
		return p.refuse(w, r, agent, id, f, http.StatusUnprocessableEntity)
	}
	return err
}

// refuse shows the page again with what was typed; after a conflict, with what somebody else has done in the meantime.
func (p Pages) refuse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form, status int) error {
	v, err := p.readFiche(r.Context(), agent, id)
	if err != nil {
		return err
	}
	v.completer(f, status)
	return p.Render(w, r, status, fichePage(v))
}

// completer shows what was typed, and what is proposed where nothing was.
func (v *fiche) completer(f *httpx.Form, status int) {
	for name, proposed := range v.proposes() {
		if _, typed := f.Values[name]; !typed && (name == "le" || !f.Values.Has("decision")) {
			f.Values.Set(name, proposed)
		}
	}
	v.form, v.conflict = f, status == http.StatusConflict
}

// readDemande reads the step asked for; a step that is not known goes back on the last one, which undoes no other.
func readDemande(f *httpx.Form) passage.Demande {
	d := passage.Demande{Etape: passage.Etape(f.Text("etape")), Motif: f.Text("motif_correction")}
	if e := f.Text("reponse"); e != "" {
		d.Etape = passage.Etape(e) // another button of the same form
	}
	if _, known := dits[d.Etape]; !known {
		f.Refuse("", "Choisissez ce que vous voulez faire.")
		return d
	}
	if f.Values.Has("le") {
		d.Le = f.DateOrNone("le")
	}
	d.Choix = readChoix(f)
	return d
}

func readChoix(f *httpx.Form) passage.Choix {
	return passage.Choix{
		Decision: passage.Decision(f.Text("decision")), Niveau: ecole.Niveau(f.Text("niveau_suivant")),
		Quittant: f.Checked("quittant"), AvisIEN: f.Checked("avis_ien"),
	}
}

// dits is what is said of each step done.
var dits = map[passage.Etape]string{
	passage.EtapeProposer:  "La proposition est enregistrée.",
	passage.EtapeNotifier:  "La notification est notée\u00a0: la famille a quinze jours pour répondre.",
	passage.EtapeAccord:    "L’accord de la famille est noté.",
	passage.EtapeDesaccord: "Le désaccord de la famille est noté.",
	passage.EtapeDecider:   "La décision est enregistrée.",
	passage.EtapeInformer:  "La notification est notée\u00a0: la famille a quinze jours pour faire recours.",
	passage.EtapeRecours:   "Le recours est enregistré.",
	passage.EtapeConfirmer: "La décision de la commission est enregistrée.",
	passage.EtapeRevenir:   "La dernière étape est annulée.",
	passage.EtapeCorriger:  "La décision est corrigée.",
}

// etapes are the steps of the procedure, as the page shows them.
var etapes = []string{"Proposition", "Notification", "Réponse", "Décision"}

// rang is the step to come.
func (v fiche) rang() int {
	switch v.ligne.Etat {
	case passage.Propose:
		return 1
	case passage.Notifie:
		return 2
	case passage.Accepte, passage.Conteste:
		return 3
	case "":
		return 0
	}
	return len(etapes)
}

// facts are who he is and what has been done, in order.
func (v fiche) facts() []ui.SummaryRow {
	l := v.ligne
	rows := []ui.SummaryRow{{Label: "Né(e) le", Value: date.Court(l.DateNaissance)}, {Label: "Niveau", Value: l.Niveau.Libelle()}}
	if l.LibelleClasse != "" {
		rows = append(rows, ui.SummaryRow{Label: "Classe", Value: l.LibelleClasse})
	}
	if l.Version == 0 {
		return rows
	}
	rows = append(rows, ui.SummaryRow{Label: v.quoi(), Value: l.Choix().Libelle()}, ui.SummaryRow{Label: "L’an prochain", Value: l.ou()})
	for _, f := range []struct {
		label string
		le    *time.Time
	}{
		{"Proposé le", l.ProposeLe}, {"Notifié le", l.NotifieLe}, {v.reponse(), l.ReponduLe}, {"Décidé le", l.DecideLe},
		{"Décision notifiée le", l.DecisionNotifieeLe}, {"Recours le", l.RecoursLe}, {"Décision de la commission", l.ConfirmeLe},
	} {
		if f.le != nil {
			rows = append(rows, ui.SummaryRow{Label: f.label, Value: date.Court(*f.le)})
		}
	}
	if said := l.avis(); said != "" {
		rows = append(rows, ui.SummaryRow{Label: "Avis de l’IEN", Value: said})
	}
	for i, c := range l.ChoixPasses {
		rows = append(rows, ui.SummaryRow{Label: []string{"Avait été proposé", "Avait été décidé"}[min(i, 1)], Value: c.Libelle()})
	}
	if l.MotifCorrection != "" {
		rows = append(rows, ui.SummaryRow{Label: "Corrigé", Value: l.MotifCorrection})
	}
	return rows
}

// quoi names what is recorded.
func (v fiche) quoi() string {
	if v.decide() {
		return "Décision"
	}
	return "Proposition"
}

func (v fiche) decide() bool { return v.ligne.DecideLe != nil }

func (v fiche) reponse() string {
	if v.ligne.Desaccord {
		return "Désaccord le"
	}
	return "Accord le"
}

func decisions() []ui.Option {
	options := make([]ui.Option, len(passage.Decisions))
	for i, d := range passage.Decisions {
		options[i] = ui.Option{Value: string(d), Label: d.Label()}
	}
	return options
}

func niveaux() []ui.Option {
	list := ecole.Niveaux()
	options := make([]ui.Option, len(list))
	for i, n := range list {
		options[i] = ui.Option{Value: string(n), Label: n.Libelle()}
	}
	return options
}

// differences are what was recorded meanwhile, and what was asked for.
func (v fiche) differences() ui.ConflictProps {
	recorded := "Rien n’est proposé"
	if v.ligne.Version != 0 {
		recorded = v.ligne.Etat.Label() + "\u00a0: " + v.ligne.Choix().Libelle()
	}
	d := readDemande(v.form)
	mine := etapeLabels[d.Etape]
	if d.Choix.Decision != "" {
		mine += "\u00a0: " + d.Choix.Libelle()
	}
	return ui.ConflictProps{Rows: []ui.ConflictRow{{Label: "Passage", Theirs: recorded, Mine: mine}}}
}

// etapeLabels are the buttons of the steps.
var etapeLabels = map[passage.Etape]string{
	passage.EtapeProposer: "Enregistrer la proposition", passage.EtapeNotifier: "Noter la notification",
	passage.EtapeAccord: "La famille est d’accord", passage.EtapeDesaccord: "La famille n’est pas d’accord",
	passage.EtapeDecider: "Enregistrer la décision", passage.EtapeInformer: "Noter la notification", passage.EtapeRecours: "Enregistrer le recours",
	passage.EtapeConfirmer: "Enregistrer la décision de la commission", passage.EtapeRevenir: "Revenir sur la dernière étape",
	passage.EtapeCorriger: "Corriger la décision",
}

func (v fiche) annee() string { return ecole.Annee(v.ligne.Annee).Libelle() }

// retour leads to the pupils who wait for the same act.
func (v fiche) retour() string {
	if !v.agent.Can(habilitation.DeciderPassages) {
		return "/passages"
	}
	a := ecole.Annee(v.ligne.Annee)
	return critere{Annee: a, Onglet: v.ligne.Attend(v.agent.Aujourdhui()), enCours: a == ecole.AnneeDe(v.agent.Aujourdhui())}.href()
}

// revocable tells whether the last step can be taken back here.
func (v fiche) revocable() bool {
	return v.agent.Can(habilitation.DeciderPassages) && v.ligne.Version != 0 && !v.ligne.Suivi && v.ligne.ConfirmePar != passage.ParLIA
}

func (v fiche) tacite() bool { return v.ligne.Tacite(v.agent.Aujourdhui()) }

func (v fiche) recoursOuvert() bool { return !v.agent.Aujourdhui().After(v.ligne.Echeance()) }

func (v fiche) avertissements() []string {
	return v.ligne.Situation().Avertissements(v.ligne.choix())
}
