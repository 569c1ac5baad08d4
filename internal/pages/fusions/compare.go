package fusions

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/fusion"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// cote is one of the two files, as compared.
type cote struct {
	ID                    uuid.UUID
	Version               int
	Etat                  string
	NomFamille            string
	NomUsage              string
	Prenom                string
	Prenom2               string
	Prenom3               string
	Sexe                  string
	DateNaissance         time.Time
	NeEtranger            bool
	CommuneNaissanceInsee string
	AdresseID             *uuid.UUID
	Adresse               string
	Adresse2ID            *uuid.UUID
	Adresse2              string
	Responsables          string
	Cursus                string
}

const coteSQL = `
	select e.id, e.version, e.etat, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance,
		e.ne_etranger, coalesce(e.commune_naissance_insee, '') as commune_naissance_insee, e.adresse_id, e.adresse2_id,
		coalesce((select concat_ws(', ', nullif(voie, ''), nullif(lieu_dit, ''), nullif(code_postal || ' ' || commune, ' '))
			from adresse where id = e.adresse_id), '') as adresse,
		coalesce((select concat_ws(', ', nullif(voie, ''), nullif(lieu_dit, ''), nullif(code_postal || ' ' || commune, ' '))
			from adresse where id = e.adresse2_id), '') as adresse2,
		coalesce((select string_agg(coalesce(nullif(concat_ws(' ', r.prenom, r.nom_famille), ' '), r.organisme), ', ' order by l.rang)
			from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = e.id), '') as responsables,
		coalesce((select string_agg(s.annee || '-' || s.annee + 1 || ' ' || coalesce(s.niveau, ''), ', ' order by s.annee desc)
			from scolarite s where s.eleve_id = e.id and s.etat <> 'annulee'), '') as cursus
	from eleve e where e.id = $1`

func (c cote) nom() string  { return eleve.NomListe(c.NomFamille, c.NomUsage, c.Prenom) }
func (c cote) path() string { return "/eleves/" + c.ID.String() }

// paire is the page that compares.
type paire struct {
	garde, absorbe cote
	form           *httpx.Form
	perimee        bool // somebody has changed one of the files since it was shown
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, r *http.Request) (c paire, err error) {
	garde, err := httpx.ID(r, "id")
	if err != nil {
		return c, err
	}
	absorbe, err := httpx.ID(r, "autre")
	if err != nil {
		return c, err
	}
	if garde == absorbe {
		return c, refusal.NotFound()
	}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &c.garde, coteSQL, garde)
		territoire.Une(l, &c.absorbe, coteSQL, absorbe)
	})
	return c, err
}

func (p Pages) compare(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.read(r.Context(), agent, r)
	if err != nil {
		return err
	}
	c.form = httpx.NewForm(nil)
	return p.Render(w, r, http.StatusOK, comparePage(c))
}

func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c, err := p.read(r.Context(), agent, r)
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		id, err := fusion.Fusionner(ctx, tx, agent, choix(f, c))
		if err != nil {
			return "", err
		}
		p.Flash(ctx, "Les deux dossiers n’en font plus qu’un.", defaire(id))
		return c.garde.path(), nil
	})
	c.form, c.perimee = f, httpx.Stale(err)
	switch {
	case c.perimee:
		return p.Render(w, r, http.StatusConflict, comparePage(c))
	case f.Refused(err):
		return p.Render(w, r, http.StatusUnprocessableEntity, comparePage(c))
	}
	return err
}

// choix reads what was ticked: the birth commune goes with being born abroad.
func choix(f *httpx.Form, c paire) fusion.Choix {
	choice := fusion.Choix{Garde: c.garde.ID, Absorbe: c.absorbe.ID, VersionGarde: f.Version()}
	choice.VersionAbsorbe, _ = strconv.Atoi(f.Text("version_autre"))
	choice.Pris = formulaire.Pris(f, fusion.Champs)
	if slices.Contains(choice.Pris, "commune_naissance_insee") {
		choice.Pris = append(choice.Pris, "ne_etranger")
	}
	return choice
}

func (c paire) cotes() formulaire.Cotes {
	return formulaire.Cotes{Titre: "Les deux dossiers", Garde: "Dossier gardé", Autre: "Autre dossier", Rubriques: c.rubriques(), Form: c.form}
}

func (c paire) rubriques() []formulaire.Rubrique {
	g, a := c.garde, c.absorbe
	return []formulaire.Rubrique{
		formulaire.RubriqueDe("nom_famille", "Nom de famille", g.NomFamille, a.NomFamille),
		formulaire.RubriqueDe("nom_usage", "Nom d’usage", g.NomUsage, a.NomUsage),
		formulaire.RubriqueDe("prenom", "Prénom", g.Prenom, a.Prenom),
		formulaire.RubriqueDe("prenom2", "Deuxième prénom", g.Prenom2, a.Prenom2),
		formulaire.RubriqueDe("prenom3", "Troisième prénom", g.Prenom3, a.Prenom3),
		formulaire.RubriqueDe("sexe", "Sexe", sexes[g.Sexe], sexes[a.Sexe]),
		formulaire.RubriqueDe("date_naissance", "Date de naissance", date.Court(g.DateNaissance), date.Court(a.DateNaissance)),
		formulaire.RubriqueDe("commune_naissance_insee", "Lieu de naissance", g.lieu(), a.lieu()),
		adresseDe("adresse_id", "Domicile", g.AdresseID, a.AdresseID, g.Adresse, a.Adresse),
		adresseDe("adresse2_id", "Second domicile", g.Adresse2ID, a.Adresse2ID, g.Adresse2, a.Adresse2),
		formulaire.RubriqueDe("", "Responsables", g.Responsables, a.Responsables),
		formulaire.RubriqueDe("", "Scolarité", g.Cursus, a.Cursus),
	}
}

var sexes = map[string]string{"F": "Fille", "M": "Garçon"}

// adresseDe: two homes may be written alike and be two; the same one is never chosen.
func adresseDe(champ, label string, gauche, droite *uuid.UUID, g, a string) formulaire.Rubrique {
	same := gauche == nil && droite == nil || gauche != nil && droite != nil && *gauche == *droite
	return formulaire.Rubrique{Champ: champ, Label: label, Gauche: g, Droite: a, Identique: same || g == a}
}

func (c cote) lieu() string {
	if c.NeEtranger {
		return "À l’étranger"
	}
	if found, ok := commune.Find(c.CommuneNaissanceInsee); ok {
		return found.Libelle()
	}
	return c.CommuneNaissanceInsee
}
