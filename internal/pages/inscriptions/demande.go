package inscriptions

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// choix is what the form of an inscription offers: the open school years and the schools of the commune.
type choix struct {
	reglage
	ecoles []etablissement
}

// reglage is what does not depend on the child.
type reglage struct {
	Annees  []ecole.Annee
	Stricte bool // the commune asks for the état civil only
}

const reglageSQL = `
	select array(select code from annee_scolaire where fin >= $2 order by code) as annees, mairie_stricte as stricte
	from commune where insee = $1`

func queueChoix(l *territoire.Lecture, agent habilitation.Agent, c *choix) {
	territoire.Une(l, &c.reglage, reglageSQL, agent.Commune, agent.Aujourdhui())
	territoire.Toutes(l, &c.ecoles, ecolesSQL)
}

func (p Pages) readChoix(ctx context.Context, agent habilitation.Agent) (choix, error) {
	var c choix
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { queueChoix(l, agent, &c) })
	return c, err
}

// place is the school chosen; nil on the waiting list. One that is not of the commune is refused.
func (c choix) place(uai string) (*inscription.Place, error) {
	if uai == "" {
		return nil, nil
	}
	i := slices.IndexFunc(c.ecoles, func(e etablissement) bool { return e.UAI == uai })
	if i < 0 {
		return nil, refusal.Of("ecole_uai", "Choisissez une école de la commune.")
	}
	return &inscription.Place{Type: c.ecoles[i].Type, Ouvert: c.ecoles[i].Ouverte}, nil
}

// proposer fills the form of an inscription not typed yet: today, the year that one prepares, the niveau of the age, and
// the school when the commune has one only.
func (c choix) proposer(f *httpx.Form, agent habilitation.Agent, naissance time.Time) {
	a := anneeProposee(agent.Aujourdhui())
	if !slices.Contains(c.Annees, a) && len(c.Annees) > 0 {
		a = c.Annees[0]
	}
	f.Values.Set("annee", strconv.Itoa(int(a)))
	f.Values.Set("date_inscription", date.Court(agent.Aujourdhui()))
	if ouvertes := c.ouvertes(); len(ouvertes) == 1 {
		f.Values.Set("ecole_uai", ouvertes[0].UAI)
	}
	if n, ok := ecole.NiveauAttendu(naissance, a); ok {
		f.Values.Set("niveau", string(n))
	}
}

// anneeProposee is the year that most inscriptions are for on a day: from March on, the next one.
func anneeProposee(today time.Time) ecole.Annee {
	a := ecole.AnneeDe(today)
	if m := today.Month(); m >= time.March && m < time.September {
		return a + 1
	}
	return a
}

func (c choix) ouvertes() []etablissement {
	return slices.DeleteFunc(slices.Clone(c.ecoles), func(e etablissement) bool { return !e.Ouverte })
}

// readDemande reads the inscription asked for, and adds to the form all that is wrong with it.
func (c choix) readDemande(f *httpx.Form, agent habilitation.Agent, naissance time.Time) inscription.Demande {
	d := inscription.Demande{
		Ecole: f.Text("ecole_uai"), Niveau: ecole.Niveau(f.Text("niveau")), Derogation: f.Text("derogation"),
		Le: f.Date("date_inscription", "Indiquez la date d’inscription."),
	}
	a, err := ecole.ParseAnnee(f.Text("annee"))
	formulaire.Refuser(f, refusal.On("annee", err))
	d.Annee = a
	place, err := c.place(d.Ecole)
	formulaire.Refuser(f, err)
	if d.Niveau == "" {
		d.Niveau = attendu(naissance, a, place)
	} else if !d.Niveau.Connu() {
		f.Refuse("niveau", "Choisissez un niveau de la liste.")
	}
	if a != 0 {
		formulaire.Refuser(f, d.Valider(agent.Aujourdhui(), place))
	}
	return d
}

// attendu is the niveau of the child's age, if the school has it.
func attendu(naissance time.Time, a ecole.Annee, place *inscription.Place) ecole.Niveau {
	n, ok := ecole.NiveauAttendu(naissance, a)
	if !ok || place != nil && !place.Type.Ouvre(n) {
		return ""
	}
	return n
}

func (c choix) anneeOptions() []ui.Option {
	options := make([]ui.Option, len(c.Annees))
	for i, a := range c.Annees {
		options[i] = ui.Option{Value: strconv.Itoa(int(a)), Label: a.Libelle()}
	}
	return options
}

// ecoleOptions begins with the waiting list; present is the school already chosen, shown even though it has closed.
func (c choix) ecoleOptions(present string) []ui.Option {
	options := []ui.Option{{Label: "Liste d’attente de la commune"}}
	for _, e := range c.ecoles {
		if e.Ouverte || e.UAI == present {
			options = append(options, ui.Option{Value: e.UAI, Label: ecole.NomDevant(e.Nom)})
		}
	}
	slices.SortStableFunc(options[1:], func(a, b ui.Option) int { return strings.Compare(commune.Plier(a.Label), commune.Plier(b.Label)) })
	return options
}

func niveauOptions() []ui.Option {
	options := []ui.Option{{Label: "Celui de son âge"}}
	for _, n := range ecole.Niveaux() {
		options = append(options, ui.Option{Value: string(n), Label: string(n) + " – " + n.Libelle()})
	}
	return options
}

func derogationOptions() []ui.Option {
	options := []ui.Option{{Label: "Sans dérogation"}}
	for _, v := range inscription.Derogations {
		options = append(options, ui.Option{Value: v.Code, Label: v.Label})
	}
	return options
}
