package connexions

import (
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

type choicePage func(w http.ResponseWriter, r *http.Request, c choice) error

// choice is the habilitations that one may act under today.
type choice struct {
	etape  etape
	agents []habilitation.Agent
	actual habilitation.Agent // under which he acts already; zero during a log-in
}

// choosing serves the choice to one who is logging in, and to one who is logged in and changes.
func (p Pages) choosing(page choicePage) httpx.PublicPage {
	return func(w http.ResponseWriter, r *http.Request) error {
		if agent, ok := p.Site.Agent(r); ok {
			return p.choose(w, r, choice{etape: etape{Compte: agent.Compte}, actual: agent}, page)
		}
		return p.at(pathHabilitation, func(w http.ResponseWriter, r *http.Request, e etape) error {
			return p.choose(w, r, choice{etape: e}, page)
		})(w, r)
	}
}

func (p Pages) choose(w http.ResponseWriter, r *http.Request, c choice, page choicePage) (err error) {
	if c.agents, err = p.Gate.Agents(r.Context(), c.etape.Compte, p.Site.Now()); err != nil {
		return err
	}
	return page(w, r, c)
}

func (p Pages) showHabilitation(w http.ResponseWriter, r *http.Request, c choice) error {
	f := httpx.NewForm(map[string]string{"habilitation": c.actual.Habilitation.String()})
	return p.Site.Render(w, r, http.StatusOK, habilitationPage(f, c))
}

// submitHabilitation opens the session under the habilitation chosen, if it is one of his.
func (p Pages) submitHabilitation(w http.ResponseWriter, r *http.Request, c choice) error {
	f, err := httpx.ReadForm(r, p.Site.Now())
	if err != nil {
		return err
	}
	chosen := f.UUID("habilitation")
	for _, a := range c.agents {
		if a.Habilitation == chosen {
			return p.open(w, r, c.etape, a)
		}
	}
	f.Refuse("habilitation", "Choisissez pour qui vous agissez.")
	return p.Site.Render(w, r, http.StatusUnprocessableEntity, habilitationPage(f, c))
}

func (c choice) options() []ui.Option {
	options := make([]ui.Option, len(c.agents))
	for i, a := range c.agents {
		options[i] = ui.Option{Value: a.Habilitation.String(), Label: a.Territoire, Hint: a.Role.Label()}
	}
	return options
}

// cancel is the way out for one who changes nothing after all.
func (c choice) cancel() string {
	if c.actual.Role == "" {
		return ""
	}
	return "/"
}
