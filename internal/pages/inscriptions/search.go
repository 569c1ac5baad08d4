package inscriptions

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
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

// recherche is what one knows of a child before he is looked for. All of it is needed: with less, one would leaf
// through the children of other territories.
type recherche struct {
	nom, prenom string
	naissance   time.Time
}

func (r recherche) identite() eleve.Identite {
	return eleve.Identite{NomFamille: r.nom, Prenom: r.prenom, DateNaissance: r.naissance}
}

func readRecherche(f *httpx.Form) recherche {
	r := recherche{
		nom:       f.Required("nom_famille", 100, "Indiquez le nom de famille."),
		prenom:    f.Required("prenom", 100, "Indiquez le prénom."),
		naissance: f.Date("date_naissance", "Indiquez la date de naissance, par exemple 12/04/2018."),
	}
	if len([]rune(r.nom)) == 1 {
		f.Refuse("nom_famille", "Indiquez au moins deux lettres du nom de famille.")
	}
	return r
}

// candidat is a child of the territory who looks like the one who is looked for.
type candidat struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          eleve.Sexe
	DateNaissance time.Time
	Ecole         string
	Commune       string
	Etat          scolarite.Etat // "" before any scolarité
	InscriptionID *uuid.UUID     // open
	Annee         *ecole.Annee   // of that inscription
}

// candidatsSQL finds the children born on that day whose name is close, and those of that name born on another. Row
// security lets only leakproof comparisons use an index: the day, or the beginning of the name, never a similarity.
const candidatsSQL = `
	select e.id, e.nom_famille, e.nom_usage, e.prenom, e.sexe, e.date_naissance, coalesce(ec.nom, '') as ecole,
		coalesce(c.nom, '') as commune, coalesce(s.etat, '') as etat, i.id as inscription_id, i.annee
	from (
		select id from eleve where date_naissance = $2 and similarity(cle_nom, cle_nom($1)) > 0.3
		union
		select id from eleve where cle_nom >= cle_nom($1) and cle_nom < cle_nom($1) || U&'\FFFF') proche
	join eleve e on e.id = proche.id
	left join ecole ec on ec.uai = e.ecole_uai
	left join commune c on c.insee = e.mairie_insee
	left join lateral (select etat from scolarite where eleve_id = e.id and etat <> 'annulee'
		order by annee desc, date_effet desc limit 1) s on true
	left join lateral (select id, annee from inscription where eleve_id = e.id and etat in ('en_attente', 'inscrit')
		order by annee desc limit 1) i on true
	where e.etat not in ('fusionne', 'errone')
	order by similarity(e.cle_nom, cle_nom($1)) desc, e.cle_nom, e.id
	limit 20`

// resultats are the children found.
type resultats struct {
	ici      []candidat
	ailleurs []eleve.Connu
}

func (r resultats) none() bool { return len(r.ici)+len(r.ailleurs) == 0 }

// find looks for the child in the territory, then everywhere.
func (p Pages) find(ctx context.Context, agent habilitation.Agent, r recherche) (resultats, error) {
	var found resultats
	var err error
	found.ailleurs, err = eleve.Chercher(ctx, p.DB, agent, r.identite(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &found.ici, candidatsSQL, r.nom+" "+r.prenom, r.naissance)
	})
	found.ailleurs = slices.DeleteFunc(found.ailleurs, func(a eleve.Connu) bool {
		return slices.ContainsFunc(found.ici, func(c candidat) bool { return c.ID == a.EleveID })
	})
	return found, err
}

// ask begins an inscription: one looks for the child first, so that he does not get two files. A form begun earlier is
// offered, or shown again as it was left when the address asks for it.
func (p Pages) ask(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var b *httpx.Brouillons
	var c choix
	fratrie, err := formulaire.LireFratrie(r)
	if err != nil {
		return err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		b = p.QueueBrouillons(l, agent, r)
		queueChoix(l, agent, &c)
		fratrie.Queue(l, agent)
	})
	if err != nil {
		return err
	}
	if f := b.Repris(r); f != nil {
		return p.showFiche(w, r, agent, http.StatusOK, fiche{form: f, choix: c, info: "Voici votre saisie, telle que vous l’avez laissée."})
	}
	f := httpx.NewForm(nil)
	fratrie.Poser(f)
	return p.Render(w, r, http.StatusOK, recherchePage(f, nil, b.Offres()...))
}

// search shows whom the register knows already. When it knows nobody, the form of a new child is there at once.
func (p Pages) search(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	cherche := readRecherche(f)
	if f.Err() != nil {
		return p.Render(w, r, http.StatusUnprocessableEntity, recherchePage(f, nil))
	}
	found, err := p.find(r.Context(), agent, cherche)
	switch {
	case f.Refused(err):
		return p.Render(w, r, http.StatusUnprocessableEntity, recherchePage(f, nil))
	case err != nil:
		return err
	}
	if found.none() {
		return p.renderFiche(w, r, agent, f, "Aucun enfant connu ne porte ce nom et cette date de naissance.")
	}
	return p.Render(w, r, http.StatusOK, recherchePage(f, &found))
}

// champsRecherche are the fields that every step hands on to the next.
var champsRecherche = []string{"nom_famille", "prenom", "date_naissance", formulaire.ChampAine}

// label says who the child is.
func (c candidat) label() string {
	return identite(eleve.NomListe(c.NomFamille, c.NomUsage, c.Prenom), c.Sexe, c.DateNaissance)
}

// labelConnu says who a child found by his whole name is.
func labelConnu(c eleve.Connu) string {
	return identite(eleve.NomListe(c.NomFamille, "", c.Prenom), c.Sexe, c.DateNaissance)
}

// identite is a child in a line: name, first name, birth.
func identite(nom string, sexe eleve.Sexe, naissance time.Time) string {
	return nom + ", " + eleve.Accord(sexe, "né", "née") + " le " + date.Court(naissance)
}

// situation says where the child is and in which state.
func situation(etat scolarite.Etat, ecole, ville string) string {
	label := etat.Label()
	if label == "" {
		label = "Inscrit"
	}
	switch {
	case ecole != "":
		return label + ", " + ecole + " (" + ville + ")"
	case ville != "":
		return "Liste d’attente " + commune.De(ville)
	}
	return label
}

// openInscription names the inscription that the child has already, which one follows rather than make another.
func (c candidat) openInscription() string { return "Inscription " + c.Annee.Libelle() }

func (c candidat) situation() string { return situation(c.Etat, c.Ecole, c.Commune) }

func rowsIci(f *httpx.Form, list []candidat) []ui.SummaryRow {
	rows := make([]ui.SummaryRow, len(list))
	for i, c := range list {
		rows[i] = ui.SummaryRow{Label: c.label(), Content: choisir(f, c.ID.String(), c.situation(), c)}
	}
	return rows
}

func rowsAilleurs(f *httpx.Form, list []eleve.Connu) []ui.SummaryRow {
	rows := make([]ui.SummaryRow, len(list))
	for i, c := range list {
		lieu := situation(scolarite.Etat(c.Etat), c.Ecole, c.Commune) + ". Ressemblance\u00a0: " + c.Motif() + "."
		rows[i] = ui.SummaryRow{Label: labelConnu(c), Content: choisir(f, c.EleveID.String(), lieu, candidat{})}
	}
	return rows
}
