package admissions

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// The steps of a direct admission: always a search first, so that no child has two files (domain.md §2.3, T01). All are
// forms of one address: a name is never in an address.
const (
	etapeChercher  = "chercher"
	etapeSaisir    = "saisir"
	etapeReprendre = "reprendre"
	etapeCreer     = "creer"
)

const pathNouvelle = "/admissions/nouvelle"

// nouvelle is the page of a direct admission, at one of its steps.
type nouvelle struct {
	lieu         scolarite.Lieu
	form         *httpx.Form
	commencees   []ui.Draft // forms begun and not recorded
	candidats    []candidat
	ressemblants []eleve.Connu // who may be the child typed
	proches      []proche
	accueil      *formulaire.Accueil
}

// ask begins with the search, or explains that the mairie begins. A form begun earlier is offered, or shown again as it
// was left when the address asks for it.
func (p Pages) ask(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var b *httpx.Brouillons
	fratrie, err := formulaire.LireFratrie(r)
	if err != nil {
		return err
	}
	n, err := p.readLieu(r.Context(), agent, httpx.NewForm(nil), func(l *territoire.Lecture) {
		b = p.QueueBrouillons(l, agent, r)
		fratrie.Queue(l, agent)
	})
	if err != nil {
		return err
	}
	if f := b.Repris(r); f != nil && n.lieu.AdmetDirectement() == nil {
		n.form = f
		return p.showEnfant(w, r, agent, http.StatusOK, n)
	}
	n.commencees = b.Offres()
	fratrie.Poser(n.form)
	return p.Render(w, r, http.StatusOK, searchPage(n))
}

// readLieu reads what the school may do, for the year of the date d'effet typed, and what also queues.
func (p Pages) readLieu(ctx context.Context, agent habilitation.Agent, f *httpx.Form, also ...func(*territoire.Lecture)) (*nouvelle, error) {
	n := &nouvelle{form: f}
	annee := ecole.AnneeDe(agent.Aujourdhui())
	if d, err := date.Parse(f.Text("date_effet"), agent.Aujourdhui()); err == nil {
		annee = ecole.AnneeDe(d)
	}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &n.lieu, scolarite.LieuSQL, agent.Ecole, int(annee))
		for _, queue := range also {
			queue(l)
		}
	})
	return n, err
}

func (p Pages) submitNouvelle(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	n, err := p.readLieu(r.Context(), agent, f)
	if err != nil {
		return err
	}
	if n.lieu.AdmetDirectement() != nil {
		return p.Render(w, r, http.StatusUnprocessableEntity, searchPage(n))
	}
	n.propose(agent)
	switch etapeDe(f) {
	case etapeSaisir:
		return p.ouvrir(w, r, agent, n)
	case etapeReprendre:
		return p.reprendre(w, r, agent, n)
	case etapeCreer:
		return p.creer(w, r, agent, n)
	}
	return p.search(w, r, agent, n)
}

// etapeDe is the step of the form; one that says no step but names a responsable is a whole child.
func etapeDe(f *httpx.Form) string {
	if etape := f.Text("etape"); etape != "" {
		return etape
	}
	if f.Text(formulaire.Prefix(0)+"lien") != "" {
		return etapeCreer
	}
	return etapeChercher
}

// propose fills the answers of the school where nothing was typed.
func (n *nouvelle) propose(agent habilitation.Agent) {
	today := agent.Aujourdhui()
	effet := effetPropose(ecole.AnneeDe(today), today)
	if _, typed := n.form.Values["date_effet"]; !typed {
		n.form.Values.Set("date_effet", date.Court(effet))
	}
	if _, typed := n.form.Values["niveau"]; typed {
		return
	}
	if naissance, err := date.Parse(n.form.Text("date_naissance"), today); err == nil {
		n.form.Values.Set("niveau", string(niveauPropose("", naissance, ecole.AnneeDe(effet), n.lieu.Type)))
	}
}

// directe reads the answer of the school and adds to the form what is wrong with it.
func (n *nouvelle) directe(agent habilitation.Agent) scolarite.Directe {
	d := scolarite.Directe{Niveau: ecole.Niveau(n.form.Text("niveau")), Effet: n.form.DateOrNone("date_effet")}
	formulaire.Refuser(n.form, d.Valider(n.lieu, agent.Aujourdhui()))
	return d
}

// creer opens the file of a new child and accepts him. A child who bears the same name, born on the same day, is shown
// first: only the directeur can tell that it is another one.
func (p Pages) creer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, n *nouvelle) error {
	if formulaire.DemandeFamille(n.form) || formulaire.Change(n.form) {
		return p.showEnfant(w, r, agent, http.StatusOK, n)
	}
	if id := formulaire.Meme(n.form); id != uuid.Nil {
		n.form.Values.Set("eleve_id", id.String())
		return p.search(w, r, agent, n)
	}
	enfant := formulaire.Enfant(n.form, agent)
	d := n.directe(agent)
	if n.form.Err() != nil {
		return p.showEnfant(w, r, agent, http.StatusUnprocessableEntity, n)
	}
	err := p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (_ string, err error) {
		if n.ressemblants, err = eleve.Ressemblants(ctx, tx, enfant.Identite); err != nil {
			return "", err
		}
		if err := formulaire.Trancher(n.form, n.ressemblants); err != nil {
			return "", err
		}
		var inscrit uuid.UUID
		err = formulaire.Accueillir(ctx, tx, agent, n.form, enfant, func(enfant eleve.Nouveau) (id uuid.UUID, err error) {
			if id, inscrit, err = scolarite.AdmettreNouveau(ctx, tx, agent, enfant, d); err != nil {
				return id, err
			}
			for _, other := range formulaire.Jamais(n.form, n.ressemblants) {
				eleve.Distinguer(tx, agent, id, other)
			}
			return id, nil
		})
		to, err := p.done(ctx, inscrit, err)
		if err == nil && n.form.Checked("suite") {
			to = pathNouvelle // its search says what was done, and how to undo it
		}
		return to, err
	})
	err = formulaire.Montrer(r.Context(), p.DB, agent, enfant.Identite, &n.ressemblants, err)
	if !n.form.Refused(err) {
		return err
	}
	return p.showEnfant(w, r, agent, http.StatusUnprocessableEntity, n)
}

// ouvrir shows the form of a new child, with the family that the search has named.
func (p Pages) ouvrir(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, n *nouvelle) (err error) {
	formulaire.Preparer(n.form)
	if n.accueil, err = formulaire.LireAccueil(r.Context(), p.DB, agent, n.form); err != nil {
		return err
	}
	n.accueil.Reprendre(n.form)
	return p.showEnfant(w, r, agent, http.StatusOK, n)
}

// showEnfant shows the form with the family of the child, or those that may be his.
func (p Pages) showEnfant(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, status int, n *nouvelle) (err error) {
	if n.accueil == nil {
		if n.accueil, err = formulaire.LireAccueil(r.Context(), p.DB, agent, n.form); err != nil {
			return err
		}
	}
	return p.Render(w, r, status, enfantPage(n))
}

// reprendre accepts a child who has a file, here or elsewhere.
func (p Pages) reprendre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, n *nouvelle) error {
	c, d := readCritere(n.form), n.directe(agent)
	id := n.form.UUID("eleve_id")
	if id == uuid.Nil {
		n.form.Refuse("eleve_id", "Choisissez l’enfant dont vous reprenez le dossier.")
	}
	if n.form.Err() != nil {
		return p.search(w, r, agent, n)
	}
	err := p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		connu, err := eleve.FindConnu(ctx, tx, id, c.identite())
		if err != nil {
			return "", err
		}
		inscrit, err := scolarite.Reprendre(ctx, tx, agent, connu, d)
		return p.done(ctx, inscrit, err)
	})
	if !n.form.Refused(err) {
		return err
	}
	return p.search(w, r, agent, n)
}

// done says that the child is accepted, and how to undo it.
func (p Pages) done(ctx context.Context, inscrit uuid.UUID, err error) (string, error) {
	if err != nil {
		return "", err
	}
	p.Flash(ctx, dits[accepter].seul, path(inscrit)+"/"+string(retirer))
	return path(inscrit), nil
}
