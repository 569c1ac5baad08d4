package elections

import (
	"net/http"
	"strconv"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// objet is what every paper of the election is about.
const objet = "Élection des représentants des parents d’élèves au conseil d’école"

// readEmargement reads the list that voters sign.
func (p Pages) readEmargement(r *http.Request, agent habilitation.Agent) (registre, papier.Papier, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return registre{}, papier.Papier{}, err
	}
	var school ecole.EnTete
	v, err := p.readListe(r.Context(), agent, id, func(l *territoire.Lecture) {
		territoire.Une(l, &school, ecole.EnTeteSQL, agent.Ecole)
	})
	switch {
	case err != nil:
		return v, papier.Papier{}, err
	case !v.fiche.arretee():
		return v, papier.Papier{}, refusal.InConflict("Arrêtez d’abord la liste électorale\u00a0: on n’émarge que sur une liste arrêtée.")
	}
	return v, v.emargement(school, agent.Maintenant), nil
}

func (p Pages) showEmargement(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, doc, err := p.readEmargement(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, papierPage("Liste d’émargement", v.fiche, "/emargement", doc))
}

func (p Pages) printEmargement(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, doc, err := p.readEmargement(r, agent)
	if err != nil {
		return err
	}
	return p.imprimer(w, r, agent, v.fiche, "emargement", doc)
}

// imprimer sends a paper of an election, once the journal says that it was made.
func (p Pages) imprimer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, x fiche, name string, doc papier.Papier) error {
	file, err := doc.PDF()
	if err != nil {
		return err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Editer, Objet: "election", ID: x.ID, Ecole: x.EcoleUAI, Motif: name})
	})
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", name+"-"+x.annee().Libelle()+".pdf", file)
}

// emargement lays the sheets out: sorted by name, one line to sign for each voter, nothing of a child.
func (v registre) emargement(school ecole.EnTete, made time.Time) papier.Papier {
	rows := [][]string{}
	for _, e := range v.inscrits() {
		rows = append(rows, []string{strconv.Itoa(e.Numero), e.Nom(), e.Prenom, e.Naissance()})
	}
	foot := pdf.Footer{Date: date.Long(made), Confidential: true, Note: "À conserver avec le procès-verbal"}
	return v.fiche.feuille("Liste d’émargement", school, foot, made,
		papier.Titre{Titre: "Liste d’émargement", Sous: []string{objet, v.fiche.lead(), ui.Plural(len(rows), "électeur", "électeurs") + ", " + v.arretee()}},
		papier.Tableau{
			Groups: []pdf.Group{{Rows: rows}},
			Columns: []pdf.Column{
				{Title: "N°", Align: pdf.Right}, {Title: "Nom", Bold: true}, {Title: "Prénom"}, {Title: "Nom de naissance"},
				{Title: "Signature", Width: 150, Blank: true},
			},
		},
		papier.Lignes{
			pdf.R("Nombre d’émargements", "………………"), pdf.R("dont par correspondance", "………………"),
			pdf.R("Signatures du bureau des élections", "\n\n"),
		},
	)
}

// feuille is a paper of the election, under the head of the school.
func (x fiche) feuille(title string, school ecole.EnTete, foot pdf.Footer, made time.Time, blocs ...papier.Bloc) papier.Papier {
	head := papier.EnTete{Issuer: school.Lignes(), Right: []string{"Année scolaire " + x.annee().Libelle()}}
	return papier.Papier{
		Titre: title, Auteur: school.NomComplet(), Date: made, Compact: true,
		Pieces: []papier.Piece{{Pied: foot, Blocs: append([]papier.Bloc{head}, blocs...)}},
	}
}

// arretee says when the list was fixed: « liste arrêtée le 18 septembre 2026 ».
func (v registre) arretee() string { return "liste arrêtée le " + date.Long(*v.fiche.ArreteeLe) }
