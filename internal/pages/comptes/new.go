package comptes

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	domaine "base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// saisie is a form that asks for a habilitation: alone, or with a new account.
type saisie struct {
	agent habilitation.Agent
	form  *httpx.Form
	lieux []mandat.Lieu // those that answer, when several do
	fiche fiche         // the account; none for a new one
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	s := saisie{agent: agent, form: debutant(agent)}
	for _, name := range []string{"role", "territoire"} { // another page knows them
		s.form.Values.Set(name, r.URL.Query().Get(name))
	}
	return p.Render(w, r, http.StatusOK, nouveauPage(s))
}

// debutant is the form as one finds it: the habilitation begins today.
func debutant(agent habilitation.Agent) *httpx.Form {
	return httpx.NewForm(map[string]string{"debut": date.Court(agent.Aujourdhui())})
}

// create opens an account, asks for its first habilitation, and goes to the letter.
func (p Pages) create(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	s := saisie{agent: agent, form: f}
	personne, d := readPersonne(f), s.readDemande(false)
	_ = f.Take(personne.Juger()) // always a refusal
	secret := domaine.NouvelleActivation()
	if err = f.Err(); err == nil {
		var empreinte string
		if empreinte, err = p.Gate.EmpreinteActivation(r.Context(), secret); err != nil {
			return err
		}
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			id, identifiant, err := domaine.Ouvrir(ctx, tx, agent, personne, domaine.Activation{Empreinte: empreinte, JusquA: agent.Maintenant.Add(domaine.ActivationDuree)})
			if err != nil {
				return "", err
			}
			if err := s.demander(ctx, tx, id, d); err != nil {
				return "", err
			}
			return pathLettres, p.garder(ctx, agent, []lettre{{ID: id, Qui: personne.Adresse(), Identifiant: identifiant, Secret: secret}})
		})
	}
	if f.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, nouveauPage(s))
	}
	return err
}

func readPersonne(f *httpx.Form) domaine.Personne {
	return domaine.Personne{
		Identifiant: f.Text("identifiant"), Hasard: f.Checked("hasard"), Civilite: f.Text("civilite"),
		Nom: f.Required("nom", 100, "Indiquez le nom."), Prenom: f.Required("prenom", 100, "Indiquez le prénom."),
	}
}

// readDemande reads what is asked for; without a role, nothing is, where nothing is due.
func (s *saisie) readDemande(due bool) mandat.Demande {
	f := s.form
	if f.Text("role") == "" && !due {
		return mandat.Demande{}
	}
	d := mandat.Demande{
		Role: habilitation.Role(f.Choice("role", codes(roles()), "Choisissez le rôle.")), Territoire: f.Text("territoire"),
		Debut: f.Date("debut", "Indiquez le premier jour."), Fin: f.DateOrNone("fin"), Remplace: f.UUID("remplace_id"),
	}
	if d.Territoire == "" && d.Role != habilitation.IA && d.Role != habilitation.Service {
		f.Refuse("territoire", "Indiquez l’école, la commune, la circonscription ou le collège.")
	}
	return d
}

func codes(options []ui.Option) []string {
	list := make([]string, len(options))
	for i, o := range options {
		list[i] = o.Value
	}
	return list
}

// demander asks for what was read, for an account.
func (s *saisie) demander(ctx context.Context, tx territoire.Tx, id uuid.UUID, d mandat.Demande) error {
	if d.Role == "" {
		return nil
	}
	lieu, lieux, err := mandat.Situer(ctx, tx, d.Role, d.Territoire)
	s.lieux = lieux
	if err != nil {
		return err
	}
	d.Compte, d.Territoire = id, lieu.Code
	_, err = mandat.Demander(ctx, tx, s.agent, d)
	return err
}

func (s saisie) choix() []ui.Option {
	list := make([]ui.Option, len(s.lieux))
	for i, l := range s.lieux {
		list[i] = ui.Option{Value: l.Code, Label: l.Nom, Hint: l.Code}
	}
	return list
}

// territoire is the question of the territory: words, or a choice among those that answered.
func (s saisie) territoire() ui.Field {
	return s.form.Field(ui.Field{
		Name: "territoire", Label: "Territoire",
		Hint: "nom ou code de l’école, de la commune, de la circonscription ou du collège\u00a0; rien pour le département",
	})
}

func civilites() []ui.Option {
	return []ui.Option{{Value: "", Label: "Sans"}, {Value: "Mme", Label: "Mme"}, {Value: "M.", Label: "M."}}
}

func rolesOuAucun() []ui.Option {
	return append([]ui.Option{{Value: "", Label: "Aucun pour l’instant"}}, roles()...)
}

func motifs(list []domaine.Motif) []ui.Option {
	options := []ui.Option{{Value: "", Label: "Choisissez"}}
	for _, m := range list {
		options = append(options, ui.Option{Value: m.Code, Label: m.Label})
	}
	return options
}

func (p Pages) saisieDe(r *http.Request, agent habilitation.Agent) (s saisie, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return s, err
	}
	s = saisie{agent: agent, form: debutant(agent)}
	s.fiche, err = p.read(r.Context(), agent, id)
	return s, err
}

func (p Pages) askHabilitation(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	s, err := p.saisieDe(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, demandePage(s))
}

// request asks for a habilitation of an account that is there.
func (p Pages) request(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	s, err := p.saisieDe(r, agent)
	if err != nil {
		return err
	}
	if s.form, err = httpx.ReadForm(r, agent.Aujourdhui()); err != nil {
		return err
	}
	d := s.readDemande(true)
	if err = s.form.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := s.demander(ctx, tx, s.fiche.ID, d)
			if err == nil {
				p.Flash(ctx, "L’habilitation est demandée. L’inspection académique décide.", "")
			}
			return s.fiche.href(), err
		})
	}
	if s.form.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, demandePage(s))
	}
	return err
}

// deCeCompte checks that the habilitation of the address is one of the account of the address.
func deCeCompte(ctx context.Context, tx territoire.Tx, id, compte uuid.UUID) error {
	var la bool
	err := tx.QueryRow(ctx, `select exists (select from habilitation where id = $1 and compte_id = $2)`, id, compte).Scan(&la)
	if err == nil && !la {
		return refusal.NotFound()
	}
	return err
}
