package macle

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// champAcces is the field of the passkey that a browser has made, and usageAjout what its challenge is for.
const (
	champAcces = "acces"
	usageAjout = "ajout"
)

// tableAcces are the passkeys of the agent, each with what removes it.
func (v vue) tableAcces() ui.TableProps {
	props := ui.TableProps{Caption: "Vos clés d’accès", Columns: []ui.Column{
		{Label: "Nom"}, {Label: "Ajoutée"}, {Label: "Dernier usage"}, {Label: "Retirer"},
	}}
	for _, a := range v.acces {
		served := "Jamais"
		if a.ServieLe != nil {
			served = date.Heure(*a.ServieLe)
		}
		row := ui.ListRow{Cells: ui.Cells(a.Nom, date.Heure(a.AjouteeLe), served)}
		if a.Suspendue() {
			row.Cells = append(row.Cells, ui.Cell("Suspendue par le service informatique"))
		} else {
			row.Cells = append(row.Cells, ui.PostButton(ui.ButtonProps{Label: "Retirer", Action: pathAcces + "/" + a.ID.String() + "/retirer", About: a.Nom}))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// newAcces asks for the name of a passkey, which the browser then makes.
func (p Pages) newAcces(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.renderAcces(w, r, http.StatusOK, agent, httpx.NewForm(nil))
}

func (p Pages) renderAcces(w http.ResponseWriter, r *http.Request, status int, agent habilitation.Agent, f *httpx.Form) error {
	partie, ok := p.Partie(r)
	if !ok {
		return p.Render(w, r, status, accesPage(f, ""))
	}
	var tenues []compte.MonAcces
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { compte.QueueMesAcces(l, &tenues) })
	if err != nil {
		return err
	}
	options, err := partie.Proposer(compte.TitulaireDe(agent, tenues), p.Defi(r.Context(), usageAjout))
	if err != nil {
		return err
	}
	return p.Render(w, r, status, accesPage(f, options))
}

// addAcces puts in service what the browser has made.
func (p Pages) addAcces(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	nom := f.Required("nom", compte.NomAccesMax, "Donnez-lui un nom, par exemple celui de l’appareil.")
	made := f.Required(champAcces, 1<<16, "Votre navigateur n’a pas créé de clé d’accès.")
	f.Values.Del(champAcces)
	if f.Err() == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			if err := compte.AjouterAcces(ctx, tx, agent, nom, p.Acces(r, usageAjout, made)); err != nil {
				return "", err
			}
			p.Flash(ctx, "Votre clé d’accès «\u00a0"+nom+"\u00a0» est en service.", "")
			return path, nil
		})
	}
	if f.Refused(err) || f.Err() != nil {
		return p.renderAcces(w, r, http.StatusUnprocessableEntity, agent, f)
	}
	return err
}

// removeAcces takes a passkey out of service for ever.
func (p Pages) removeAcces(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := compte.RetirerAcces(ctx, tx, agent, id, p.SessionID(ctx)); err != nil {
			return "", err
		}
		p.Flash(ctx, "La clé d’accès est retirée\u00a0: elle n’ouvre plus rien. Vos autres sessions sont terminées.", "")
		return path, nil
	})
}
