package formations

import (
	"net/http"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
)

func (p Pages) sheet(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.preview(w, r, agent, "/emargement", fiche.emargement)
}

func (p Pages) sheetPDF(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.print(w, r, agent, "emargement", fiche.emargement)
}

func (p Pages) letters(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.preview(w, r, agent, "/convocations", fiche.convocations)
}

func (p Pages) lettersPDF(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.print(w, r, agent, "convocations", fiche.convocations)
}

func (p Pages) preview(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, chemin string, make func(fiche) papier.Papier) error {
	f, err := p.read(r, agent)
	if err != nil {
		return err
	}
	a := papier.Apercu{Papier: make(f), Page: httpx.PageAsked(r.URL.Query()), Chemin: f.href() + chemin, Vide: "Personne n’est convoqué à cette formation."}
	return p.Render(w, r, http.StatusOK, papierPage(f, a))
}

func (p Pages) print(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, name string, make func(fiche) papier.Papier) error {
	f, err := p.read(r, agent)
	if err != nil {
		return err
	}
	if len(f.inscrits) == 0 {
		return httpx.Redirect(w, r, f.href()+"/"+name)
	}
	doc, err := make(f).PDF()
	if err != nil {
		return err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Editer, Objet: "formation", ID: f.ID, Motif: name})
	})
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", name+"-"+f.Jour.Format("2006-01-02")+".pdf", doc)
}

func (f fiche) enTete() papier.EnTete {
	return papier.EnTete{Issuer: []string{"Service informatique", f.agent.Territoire}, Right: []string{"Le " + date.Long(f.agent.Maintenant)}}
}

// emargement is the sheet that those who come sign.
func (f fiche) emargement() papier.Papier {
	doc := papier.Papier{Titre: "Émargement", Auteur: f.agent.Territoire, Date: f.agent.Maintenant, Compact: true}
	if len(f.inscrits) == 0 {
		return doc
	}
	rows := make([][]string, len(f.inscrits))
	for i, p := range f.inscrits {
		rows[i] = []string{p.nom(), p.lieu()}
	}
	doc.Pieces = []papier.Piece{{Pied: pdf.Footer{Date: date.Long(f.agent.Maintenant)}, Blocs: []papier.Bloc{
		f.enTete(),
		papier.Titre{Titre: "Feuille d’émargement", Sous: []string{"Formation à Base élèves", date.Long(f.Jour) + " à " + f.Debut() + ", " + f.Lieu}},
		papier.Tableau{
			Groups:  []pdf.Group{{Rows: rows}},
			Columns: []pdf.Column{{Title: "Nom et prénom", Bold: true}, {Title: "École ou commune"}, {Title: "Signature", Width: 170, Blank: true}},
		},
	}}}
	return doc
}

// convocations are the letters of those called, one each.
func (f fiche) convocations() papier.Papier {
	doc := papier.Papier{Titre: "Convocations", Auteur: f.agent.Territoire, Date: f.agent.Maintenant, Lettre: true}
	for _, p := range f.inscrits {
		doc.Pieces = append(doc.Pieces, papier.Piece{Pied: pdf.Footer{Date: date.Long(f.agent.Maintenant)}, Blocs: []papier.Bloc{
			f.enTete(),
			papier.Destinataire(append([]string{p.adresse()}, p.Lieux...)),
			papier.Titre{Titre: "Convocation à une formation"},
			papier.Dit("Vous êtes convié à la formation à Base élèves, le registre des élèves du premier degré."),
			papier.Lignes{pdf.R("Jour", date.Long(f.Jour)), pdf.R("Heure", f.Debut()), pdf.R("Lieu", f.Lieu)},
			papier.Dit("Apportez votre clé sécurisée et votre lettre d’activation, si vous les avez reçues. La première connexion se fait sur place."),
			papier.Dit("En cas d’empêchement, prévenez le service informatique\u00a0: une autre date vous sera proposée."),
			papier.Signature{Role: "Pour le service informatique", Name: f.agent.Nom},
		}})
	}
	return doc
}
