package registre

import (
	"net/http"
	"strconv"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// certificat is what the register certifies of a pupil, whose file may have gone or be purged.
type certificat struct {
	titre  string
	chemin string // after that of the line
	sorti  bool   // it says that he has left
}

var (
	deScolarite = certificat{titre: "Certificat de scolarité", chemin: "/certificat-scolarite"}
	deRadiation = certificat{titre: "Certificat de radiation", chemin: "/certificat-radiation", sorti: true}
)

// extrait is a certificate of a line.
type extrait struct {
	certificat
	fiche  fiche
	papier papier.Papier
}

func (e extrait) apercu() papier.Apercu {
	return papier.Apercu{Papier: e.papier, Page: 1, Chemin: path(e.fiche.ID) + e.chemin}
}

func (p Pages) certifier(r *http.Request, agent habilitation.Agent, c certificat) (extrait, error) {
	e := extrait{certificat: c}
	var err error
	if e.fiche, err = p.lire(r, agent, journal.Editer); err != nil {
		return e, err
	}
	if c.sorti && e.fiche.Sortie == nil {
		return e, refusal.InConflict("Cet élève n’est pas sorti du registre\u00a0: son certificat se demande depuis son dossier.")
	}
	e.papier = e.fiche.certifier(c.titre, agent)
	return e, nil
}

// voir shows the certificate as it is printed.
func (p Pages) voir(c certificat) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		e, err := p.certifier(r, agent, c)
		if err != nil {
			return err
		}
		return p.Render(w, r, http.StatusOK, extraitPage(e))
	}
}

func (p Pages) imprimer(c certificat) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		e, err := p.certifier(r, agent, c)
		if err != nil {
			return err
		}
		return envoyer(w, c.chemin[1:], e.papier)
	}
}

func envoyer(w http.ResponseWriter, name string, paper papier.Papier) error {
	file, err := paper.PDF()
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", name+".pdf", file)
}

// certifier lays the certificate out. Its number is that of the register.
func (f fiche) certifier(title string, agent habilitation.Agent) papier.Papier {
	le := date.Long(agent.Aujourdhui())
	avant, nom, apres := agent.Soussigne()
	// Like that of the file, that of one who has left has more to say, in closer lines.
	return papier.Papier{Titre: title, Auteur: f.NomComplet(), Date: agent.Aujourdhui(), Lettre: f.Sortie != nil, Pieces: []papier.Piece{{
		Pied: pdf.Footer{Number: strconv.Itoa(f.Numero) + " du registre", Date: le},
		Blocs: []papier.Bloc{
			papier.EnTete{Issuer: f.EnTete.Lignes()},
			papier.Titre{Titre: title, Sous: []string{"Extrait du registre des élèves inscrits"}},
			papier.Texte{pdf.T(avant), pdf.B(nom), pdf.T(apres + "certifie que " + f.phrase())},
			papier.Lignes(f.lignes()),
			papier.Dit("Certificat remis à la personne qui le demande, pour servir et valoir ce que de droit."),
			papier.Signature{
				Place: "Fait à " + f.Commune + ", le " + le, Role: agent.Direction(), Name: agent.Nom, Stamp: "Cachet de l’école",
			},
		},
	}}}
}

func (f fiche) phrase() string {
	if f.Sortie == nil {
		return "l’élève ci-dessous figure au registre de cette école depuis le " + date.Long(f.Entree) + "."
	}
	return "l’élève ci-dessous a figuré au registre de cette école du " + date.Long(f.Entree) + " au " + date.Long(f.Sortie.AddDate(0, 0, -1)) + "."
}

// lignes are the facts of the certificate, those that say something.
func (f fiche) lignes() []pdf.Row {
	rows := []pdf.Row{{Label: "Nom de famille", Value: []pdf.Span{pdf.B(f.NomFamille)}}, {Label: "Prénom", Value: []pdf.Span{pdf.B(f.Prenom)}}}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, pdf.R(label, value))
		}
	}
	add("Nom d’usage", f.NomUsage)
	add("Date de naissance", date.Long(f.DateNaissance))
	add("Numéro d’entrée", strconv.Itoa(f.Numero))
	add("Niveau à l’entrée", niveau(f.NiveauEntree))
	add("Dernier niveau", niveau(f.NiveauSortie))
	if f.Sortie != nil {
		add("Radiation à compter du", date.Long(*f.Sortie))
		add("Motif", f.motif())
		add("Destination", f.Destination)
	}
	return rows
}

func niveau(n string) string { return n + " – " + ecole.Niveau(n).Libelle() }
