package eleves

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/opposition"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
)

// modele is a kind of certificate: whom it is for and what it says.
type modele struct {
	typ     document.Type
	titre   string
	etat    scolarite.Etat             // "" for whoever has been in the school
	periode string                     // of an attestation, which speaks of that alone; "" for the certificates of a year
	du, au  time.Time                  // the same, as dates
	refus   string                     // when the pupil is not in that state
	intro   func(a attestation) string // what the directeur certifies
	lignes  func(a attestation) []pdf.Row
	fait    func(a attestation) string // the same in a few words, as its seal says it
	fin     string
}

// sceller gives a paper the code by which anybody checks it.
type sceller func(sceau.Papier) (pdf.Code, error)

var modeleScolarite = modele{
	typ: document.CertificatScolarite, titre: "Certificat de scolarité", etat: scolarite.AdmisDefinitif,
	refus: "Un certificat de scolarité demande que l’élève soit présent dans l’école.",
	lignes: func(a attestation) []pdf.Row {
		return []pdf.Row{
			pdf.R("Niveau", a.niveau()), pdf.R("Classe", a.Classe),
			pdf.R("Dans l’école depuis le", date.Long(a.DateAdmission)),
		}
	},
	intro: func(a attestation) string { return a.eleve() + " fréquente cette école à ce jour." },
	fait: func(a attestation) string {
		return "Présence en " + a.Niveau + ", année scolaire " + ecole.Annee(a.Annee).Libelle()
	},
	fin: "Certificat remis à la famille pour servir et valoir ce que de droit.",
}

var modeleRadiation = modele{
	typ: document.CertificatRadiation, titre: "Certificat de radiation", etat: scolarite.Radie,
	refus: "Un certificat de radiation demande que l’élève soit radié de l’école, ou que son départ soit annoncé.",
	lignes: func(a attestation) []pdf.Row {
		return []pdf.Row{
			pdf.R("Dernier niveau", a.niveau()), pdf.R("Dernière classe", a.Classe),
			pdf.R("Dans l’école depuis le", date.Long(a.DateAdmission)),
			{Label: "Radiation à compter du", Value: []pdf.Span{pdf.B(date.Long(*a.DateRadiation))}},
			pdf.R("Décision de passage", a.passage()),
			pdf.R("Motif", inscription.Libelle(scolarite.MotifsRadiation, a.MotifRadiation)),
			pdf.R("Destination", a.Destination),
		}
	},
	intro: func(a attestation) string {
		return a.eleve() + " quitte cette école et n’en fait plus partie à compter de la date indiquée."
	},
	fait: func(a attestation) string { return "Radiation à compter du " + date.Long(*a.DateRadiation) },
	fin:  "Certificat remis à la famille, à présenter à la nouvelle école.",
}

func (p Pages) certificatScolarite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.certificat(w, r, agent, modeleScolarite)
}

// certificatRadiation issues that of a pupil struck off.
func (p Pages) certificatRadiation(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.orOpposee(w, r, p.certificat(w, r, agent, modeleRadiation))
}

// orOpposee, where a parent opposes the radiation, says so and leads to the opposition.
func (p Pages) orOpposee(w http.ResponseWriter, r *http.Request, err error) error {
	if no, ok := refusal.As(err); ok && no.Field == opposition.Champ {
		return p.Render(w, r, http.StatusUnprocessableEntity, opposeePage("/eleves/"+chi.URLParam(r, "id"), no.Motif))
	}
	return err
}

func (p Pages) certificat(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, m modele) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.issue(w, r, agent, m, un(id))
}

// issue numbers the certificates, notes them in the journal and sends the file.
func (p Pages) issue(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, m modele, d designation) error {
	var issued papier.Papier
	err := p.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) (err error) {
		issued, err = m.make(r.Context(), tx, agent, p.Code, d)
		return err
	})
	if err != nil {
		return err
	}
	file, err := issued.PDF()
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", strings.ReplaceAll(string(m.typ), "_", "-")+".pdf", file)
}

func (m modele) make(
	ctx context.Context, tx territoire.Tx, agent habilitation.Agent, code sceller, d designation,
) (papier.Papier, error) {
	list, err := m.read(ctx, tx, agent, d)
	if err != nil {
		return papier.Papier{}, err
	}
	if err := m.permis(ctx, tx, agent, list); err != nil {
		return papier.Papier{}, err
	}
	school, err := territoire.Ligne[ecole.EnTete](ctx, tx, ecole.EnTeteSQL, agent.Ecole)
	if err != nil {
		return papier.Papier{}, fmt.Errorf("eleves: read the school: %w", err)
	}
	pieces := make([]document.Piece, len(list))
	for i, a := range list {
		pieces[i] = m.numerotee(a, agent)
	}
	numeros, err := document.Numeroter(ctx, tx, agent, m.typ, pieces)
	if err != nil {
		return papier.Papier{}, err
	}
	return m.print(list, numeros, school, agent, code)
}

// numerotee is what makes the paper another one when it changes.
func (m modele) numerotee(a attestation, agent habilitation.Agent) document.Piece {
	return document.Piece{Eleve: a.EleveID, Ecole: agent.Ecole, Contenu: fmt.Sprintf("%+v %s", a.said(), agent.Nom) + m.periode}
}

// permis refuses to certify a radiation that a parent opposes, or a period that the pupil has not spent in the school.
func (m modele) permis(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, list []attestation) error {
	if m.periode != "" {
		sejours, err := territoire.Lignes[scolarite.Sejour](ctx, tx, sejoursSQL, list[0].EleveID, agent.Ecole)
		if err != nil {
			return fmt.Errorf("eleves: read the stays: %w", err)
		}
		return scolarite.Attester(m.du, m.au, agent.Aujourdhui(), sejours)
	}
	if m.etat != scolarite.Radie {
		return nil
	}
	for _, a := range list {
		if err := opposition.Refuser(ctx, tx, a.EleveID); err != nil {
			return err
		}
	}
	return nil
}
