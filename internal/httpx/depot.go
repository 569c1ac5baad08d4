package httpx

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"base-eleves/internal/anonyme"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/territoire"
)

// debitMin is the line on which a file must still arrive, in bytes a second: 512 kbit/s.
const debitMin = 64 << 10

// Annoncer says of a long file that it comes, to be saved under that name, and gives it the time to arrive.
func Annoncer(w http.ResponseWriter, contentType, name string, size int64) {
	last := time.Now().Add(time.Minute + time.Duration(size/debitMin)*time.Second)
	_ = http.NewResponseController(w).SetWriteDeadline(last) // a test's writer has none
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
}

// Donner makes a file while the page waits, and sends it once it is whole and the journal has its line.
func (s *Site) Donner(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, o travail.Ouvrage) error {
	banc, err := travail.Etabli()
	if err != nil {
		return err
	}
	defer banc.Fermer()
	Patienter(w)
	err = s.DB.EcrireLongtemps(r.Context(), agent.Portee(), func(tx territoire.Tx) error { return o.Faire(r.Context(), tx, banc) })
	if err != nil {
		return err
	}
	nom, genre := o.Fichier()
	return envoyer(w, banc.Fichier, genre, nom)
}

// CheminFichiers is where the files are followed that the server makes beside the pages.
const CheminFichiers = "/fichiers"

// Preparer has a file made beside the pages, and sends the agent where he follows it.
func (s *Site) Preparer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, d travail.Demande) error {
	return s.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		id, err := travail.Demander(ctx, tx, agent, d)
		return CheminFichiers + "/" + id.String(), err
	})
}

func envoyer(w http.ResponseWriter, written *anonyme.Fichier, contentType, name string) error {
	f, size, err := written.Relire()
	if err != nil {
		return err
	}
	Annoncer(w, contentType, name, size)
	_, _ = io.Copy(w, f) // the visitor has gone: nobody to tell
	return nil
}
