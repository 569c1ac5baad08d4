package rattachements

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// nouvelEnfant is the page of a child who has no file yet: the reference school opens one, or the IA, and admits nobody.
type nouvelEnfant struct {
	form         *httpx.Form
	agent        habilitation.Agent
	accueil      *formulaire.Accueil // nil for the IA, which takes no family over
	ressemblants []eleve.Connu       // who may be the child typed
}

func (p Pages) showEnfant(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f := httpx.NewForm(map[string]string{"debut": date.Court(agent.Aujourdhui())})
	formulaire.Preparer(f)
	return p.renderEnfant(w, r, http.StatusOK, &nouvelEnfant{form: f, agent: agent})
}

func (p Pages) renderEnfant(w http.ResponseWriter, r *http.Request, status int, n *nouvelEnfant) (err error) {
	if n.agent.Ecole != "" {
		if n.accueil, err = formulaire.LireAccueil(r.Context(), p.DB, n.agent, n.form); err != nil {
			return err
		}
	}
	return p.Render(w, r, status, enfantPage(n))
}

// submitEnfant opens the file and attaches the child. A child who looks like him is shown first.
func (p Pages) submitEnfant(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	n := &nouvelEnfant{form: f, agent: agent}
	if formulaire.DemandeFamille(f) || formulaire.Change(f) {
		return p.renderEnfant(w, r, http.StatusOK, n)
	}
	if id := formulaire.Meme(f); id != uuid.Nil {
		return p.connu(w, r, n, id)
	}
	enfant, typed := formulaire.Enfant(f, agent), readPeriode(f)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			return p.ouvrir(ctx, tx, n, enfant, typed)
		})
		err = formulaire.Montrer(r.Context(), p.DB, agent, enfant.Identite, &n.ressemblants, err)
	}
	if !f.Refused(err) {
		return err
	}
	return p.renderEnfant(w, r, http.StatusUnprocessableEntity, n)
}

// connu leads to the child who was said to be the one typed, where the agent may attach him.
func (p Pages) connu(w http.ResponseWriter, r *http.Request, n *nouvelEnfant, id uuid.UUID) error {
	switch _, err := p.readEnfant(r.Context(), n.agent, id); {
	case err == nil:
		return httpx.Redirect(w, r, "/rattachements/nouveau?eleve="+id.String())
	case !errors.Is(err, pgx.ErrNoRows):
		return err
	}
	n.form.Refuse("", "Cet enfant a un dossier hors de votre territoire\u00a0: c’est à qui le tient de noter l’instruction hors de l’école.")
	return p.renderEnfant(w, r, http.StatusUnprocessableEntity, n)
}

func (p Pages) ouvrir(ctx context.Context, tx territoire.Tx, n *nouvelEnfant, enfant eleve.Nouveau, typed rattachement.Periode) (to string, err error) {
	if n.ressemblants, err = eleve.Ressemblants(ctx, tx, enfant.Identite); err != nil {
		return "", err
	}
	if err := formulaire.Trancher(n.form, n.ressemblants); err != nil {
		return "", err
	}
	var noted uuid.UUID
	if n.agent.Ecole == "" {
		noted, err = rattachement.Ouvrir(ctx, tx, n.agent, enfant, typed, formulaire.Jamais(n.form, n.ressemblants))
	} else {
		noted, err = accueillir(ctx, tx, n, enfant, typed)
	}
	if err == nil {
		p.Flash(ctx, "Le dossier est ouvert. L’enfant est noté comme instruit hors de l’école.", "")
	}
	return path(noted), err
}

// accueillir has the reference school open the file, with the family that it knows.
func accueillir(ctx context.Context, tx territoire.Tx, n *nouvelEnfant, enfant eleve.Nouveau, typed rattachement.Periode) (noted uuid.UUID, err error) {
	enfant.Ecole = n.agent.Ecole
	err = formulaire.Accueillir(ctx, tx, n.agent, n.form, enfant, func(enfant eleve.Nouveau) (uuid.UUID, error) {
		id, err := eleve.Creer(tx, n.agent, enfant)
		if err != nil {
			return id, err
		}
		for _, other := range formulaire.Jamais(n.form, n.ressemblants) {
			eleve.Distinguer(tx, n.agent, id, other)
		}
		noted, err = rattachement.Attacher(ctx, tx, n.agent, id, typed)
		return id, err
	})
	return noted, err
}

// chapeau says where the child will be attached.
func (n *nouvelEnfant) chapeau() string {
	if n.agent.Ecole != "" {
		return "Votre école est l’école de référence de l’enfant\u00a0: il n’est pas compté dans son effectif."
	}
	return "Une école de référence tient son dossier\u00a0; sans école, c’est la mairie de sa commune. Aucun effectif ne le compte."
}
