package registre

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// cheminAnnee is the register of one school year, as it is printed and kept.
const cheminAnnee = "/registre/annee"

// livre is the register of a school for one year: all those who were in it, even for a day.
type livre struct {
	ecole  ecole.EnTete
	annee  ecole.Annee
	annees ui.Filter
	lignes []ligne
	agent  habilitation.Agent
	q      url.Values
}

// anneeSQL are the stays that touch the year, in the order of the register.
const anneeSQL = `
	select ` + colonnes + `, count(*) over () as total from registre
	where ecole_uai = $1 and entree <= $3 and (sortie is null or sortie > $2) order by numero`

// editerSQL notes that the register of a school of the territory was printed.
const editerSQL = `
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, ecole_uai)
	select $1, $2, $3, $4, $5, 'registre', uai from ecole where uai = $6 and uai = any ((select portee_ecoles())::text[])`

func (p Pages) lireAnnee(ctx context.Context, agent habilitation.Agent, q url.Values) (livre, error) {
	c := readCritere(q, agent)
	b := livre{agent: agent, q: q, annee: c.annee}
	if b.annee == 0 {
		b.annee = ecole.AnneeDe(agent.Aujourdhui())
	}
	premiere := agent.Aujourdhui()
	var school *ecole.EnTete
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		l.Exec(editerSQL, agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(journal.Editer), c.ecole)
		territoire.Peut(l, &school, ecole.EnTeteSQL, c.ecole)
		territoire.Valeur(l, &premiere, bornesSQL, c.ecole)
		territoire.Toutes(l, &b.lignes, anneeSQL, c.ecole, b.annee.Debut(), b.annee.Fin())
	})
	if school != nil {
		b.ecole = *school
	}
	b.annees = annees(premiere, agent.Aujourdhui())
	b.annees.Label, b.annees.All = "Année", ecole.AnneeDe(agent.Aujourdhui()).Libelle()
	return b, err
}

func (p Pages) voirAnnee(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	b, err := p.lireAnnee(r.Context(), agent, r.URL.Query())
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, anneePage(b))
}

func (p Pages) imprimerAnnee(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	b, err := p.lireAnnee(r.Context(), agent, r.URL.Query())
	if err != nil {
		return err
	}
	eleves := make([]uuid.UUID, len(b.lignes))
	for i, l := range b.lignes {
		eleves[i] = l.EleveID
	}
	if err := journal.Emporter(r.Context(), p.DB, agent, journal.Editer, eleves); err != nil {
		return err
	}
	return envoyer(w, "registre-"+b.annee.Libelle(), b.papier())
}

func (b livre) apercu() papier.Apercu {
	vide := "Le registre n’a aucune ligne pour cette année."
	if b.ecole.UAI == "" {
		vide = "Donnez le numéro d’une école pour lire son registre."
	}
	return papier.Apercu{Papier: b.papier(), Page: 1, Chemin: cheminAnnee, Requete: b.q, Vide: vide}
}

func (b livre) options() ui.ListProps {
	filters := []ui.Filter{b.annees}
	if b.agent.Role != habilitation.Directeur {
		filters = append([]ui.Filter{{Name: "ecole", Label: "Numéro de l’école (UAI)"}}, filters...)
	}
	return ui.ListProps{Path: cheminAnnee, Query: b.q, Filters: filters}
}

// papier is the register of the year; nothing where nobody was in the school.
func (b livre) papier() papier.Papier {
	p := papier.Papier{Titre: "Registre des élèves inscrits", Auteur: b.ecole.NomComplet(), Date: b.agent.Maintenant, Compact: true, Paysage: true}
	if len(b.lignes) == 0 {
		return p
	}
	le := date.Long(b.agent.Aujourdhui())
	titre, nom := b.direction()
	p.Pieces = []papier.Piece{{
		Pied: pdf.Footer{Date: le, Confidential: true},
		Blocs: []papier.Bloc{
			papier.EnTete{Issuer: b.ecole.Lignes()},
			papier.Titre{Titre: "Registre des élèves inscrits", Sous: []string{"Année scolaire " + b.annee.Libelle() + " – " + b.mouvements()}},
			b.tableau(),
			papier.Signature{Place: "Arrêté à " + b.ecole.Commune + ", le " + le, Role: titre, Name: nom, Stamp: "Cachet de l’école"},
		},
	}}
	return p
}

// direction is who closes the register; an inspection that prints it leaves the name to be written.
func (b livre) direction() (titre, nom string) {
	if b.agent.Role == habilitation.Directeur {
		return b.agent.Direction(), b.agent.Nom
	}
	return habilitation.Direction(""), ""
}

// mouvements counts those of the year.
func (b livre) mouvements() string {
	entres, sortis := 0, 0
	for _, l := range b.lignes {
		if b.annee.Contient(l.Entree) {
			entres++
		}
		if l.Sortie != nil && b.annee.Contient(*l.Sortie) {
			sortis++
		}
	}
	return ui.Plural(len(b.lignes), "élève", "élèves") + ", " + ui.Plural(entres, "entrée", "entrées") + ", " + ui.Plural(sortis, "sortie", "sorties")
}

func (b livre) tableau() papier.Tableau {
	t := papier.Tableau{Zebra: true, Columns: []pdf.Column{
		{Title: "N°", Align: pdf.Right}, {Title: "Nom et prénom", Bold: true}, {Title: "Sexe"}, {Title: "Né(e) le"}, {Title: "Entré(e) le"}, {Title: "Niveau"},
		{Title: "Venu(e) de"}, {Title: "Sorti(e) le"}, {Title: "Dernier niveau"}, {Title: "Destination"},
	}}
	var rows [][]string
	for _, l := range b.lignes {
		rows = append(rows, []string{strconv.Itoa(l.Numero), l.nom(), l.Sexe, date.Court(l.DateNaissance), date.Court(l.Entree), l.NiveauEntree, l.Provenance,
			date.CourtOuRien(l.Sortie), l.NiveauSortie, l.Destination})
	}
	t.Groups = []pdf.Group{{Rows: rows}}
	return t
}
