package papiers

import (
	"context"
	"net/http"
	"net/url"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/territoire"
)

// preparer is where a file is asked for that is too long to wait for.
const preparer = "/editions/preparer"

// longueur is how many pieces a page still waits for: those of 300 pupils come within two seconds.
const longueur = 400

func (v vue) long() bool { return len(v.papier.Pieces) > longueur }

// champDocument is the document that is asked for, among what was chosen.
const champDocument = "document"

func (p Pages) preparer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	asked, err := url.ParseQuery(r.PostFormValue("requete"))
	if err != nil {
		return refusal.NotFound()
	}
	asked.Set(champDocument, r.PostFormValue(champDocument))
	o, err := p.relire(r.Context(), agent, asked)
	if err != nil {
		return err
	}
	return p.Preparer(w, r, agent, travail.Demande{
		Nature: travail.Papier, Perimetre: "ecole:" + agent.Ecole, Requete: asked.Encode(), Titre: o.titre + "\u00a0: " + agent.Territoire, Total: len(o.lu.eleves),
	})
}

// ouvrage is a document about to be printed.
type ouvrage struct{ vue }

// relire reads what was asked for: one of the documents, for a choice.
func (p Pages) relire(ctx context.Context, agent habilitation.Agent, asked url.Values) (ouvrage, error) {
	for _, d := range documents {
		if "/editions/"+d.chemin == asked.Get(champDocument) {
			v, err := p.vue(ctx, asked, agent, d)
			return ouvrage{v}, err
		}
	}
	return ouvrage{}, refusal.NotFound()
}

// Faire prints the document; its pupils are in the journal since it was read.
func (o ouvrage) Faire(_ context.Context, _ territoire.Tx, banc *travail.Banc) error {
	file, err := o.papier.PDF()
	if err == nil {
		_, err = banc.Write(file)
	}
	return err
}

// Fichier is its name and its type.
func (o ouvrage) Fichier() (nom, genre string) { return o.document.chemin + ".pdf", "application/pdf" }

// Metiers makes beside the pages what was asked for here.
func (p Pages) Metiers() map[travail.Nature]travail.Metier {
	return map[travail.Nature]travail.Metier{
		travail.Papier: func(ctx context.Context, agent habilitation.Agent, asked url.Values) (travail.Ouvrage, error) {
			return p.relire(ctx, agent, asked)
		},
	}
}
