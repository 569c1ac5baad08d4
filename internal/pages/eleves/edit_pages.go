package eleves

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

func (p Pages) editIdentite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.edit(w, r, agent, sectionIdentite)
}

func (p Pages) submitIdentite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.submit(w, r, agent, sectionIdentite)
}

func (p Pages) editAdresse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.edit(w, r, agent, sectionAdresse)
}

func (p Pages) submitAdresse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.submit(w, r, agent, sectionAdresse)
}

func (p Pages) newResponsable(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.edit(w, r, agent, sectionNouveau)
}

func (p Pages) addResponsable(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.submit(w, r, agent, sectionNouveau)
}

func (p Pages) editResponsable(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "responsable")
	if err != nil {
		return err
	}
	return p.edit(w, r, agent, sectionResponsable(id))
}

func (p Pages) submitResponsable(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "responsable")
	if err != nil {
		return err
	}
	return p.submit(w, r, agent, sectionResponsable(id))
}

// acte is what one does to somebody of a pupil's file without any form but a button.
type acte = func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve, personne uuid.UUID) error

func (p Pages) actOnResponsable(act acte) httpx.Page { return p.actOn("responsable", "", act) }

// actOn does an act on the one whom the address names, and comes back to the file.
func (p Pages) actOn(name, anchor string, act acte) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		id, err := httpx.ID(r, "id")
		if err != nil {
			return err
		}
		personne, err := httpx.ID(r, name)
		if err != nil {
			return err
		}
		return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			return "/eleves/" + id.String() + anchor, act(ctx, tx, agent, id, personne)
		})
	}
}

// domain is the identity as the domain holds it.
func (f fiche) domain() eleve.Identite {
	return eleve.Identite{
		NomFamille: f.NomFamille, NomUsage: f.NomUsage, Prenom: f.Prenom, Prenom2: f.Prenom2, Prenom3: f.Prenom3,
		Sexe: eleve.Sexe(f.Sexe), DateNaissance: f.DateNaissance, NeEtranger: f.NeEtranger, CommuneNaissance: f.CommuneNaissanceInsee,
	}
}

// home is the address as the domain holds it.
func (f fiche) home() eleve.Adresse {
	return eleve.Adresse{
		Complement: f.Complement, Voie: f.Voie, LieuDit: f.LieuDit, CodePostal: f.CodePostal,
		CommuneInsee: f.CommuneInsee, Commune: f.Commune, Pays: f.Pays,
	}
}

// domain is the responsable as the domain holds him.
func (r responsable) domain() eleve.Responsable {
	d := eleve.Responsable{
		Nature: r.Nature, Civilite: r.Civilite, NomFamille: r.NomFamille, NomUsage: r.NomUsage, Prenom: r.Prenom,
		Organisme: r.Organisme, Fonction: r.Fonction, TelDomicile: r.TelDomicile, TelTravail: r.TelTravail,
		TelPortable: r.TelPortable, Courriel: r.Courriel, Lien: r.Lien, AutoriteParentale: r.AutoriteParentale, MemeAdresse: r.MemeAdresse,
		Heberge: r.Heberge, Associations: r.Associations,
	}
	if !r.MemeAdresse {
		d.Adresse = eleve.Adresse{
			Complement: r.Complement, Voie: r.Voie, LieuDit: r.LieuDit, CodePostal: r.CodePostal,
			CommuneInsee: r.CommuneInsee, Commune: r.Commune, Pays: r.Pays,
		}
	}
	return d
}
