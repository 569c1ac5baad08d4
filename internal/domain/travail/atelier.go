package travail

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/anonyme"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

const (
	// bail is how long a server may give no sign of life before another takes its work over.
	bail = 2 * time.Minute
	// prises is how many servers may begin the same work: one that breaks them down must not break them all.
	prises = 3
	// souffle is how often a work that goes on says so.
	souffle = 2 * time.Second
)

// Ouvrage is a file that is about to be made: all that it needs has been read and verified.
type Ouvrage interface {
	// Faire writes the file, with its lines in the journal.
	Faire(ctx context.Context, tx territoire.Tx, banc *Banc) error
	// Fichier is the name and the type of the file.
	Fichier() (nom, genre string)
}

// Metier reads what is asked, for the agent who asked it, and verifies it again.
type Metier func(ctx context.Context, agent habilitation.Agent, demande url.Values) (Ouvrage, error)

// Atelier makes the files that were asked for, one at a time in each server: so much memory and no more.
type Atelier struct {
	DB      *territoire.DB
	Coffre  *coffre.Coffre
	Now     func() time.Time
	Agents  func(ctx context.Context, compte uuid.UUID, now time.Time) ([]habilitation.Agent, error)
	Metiers map[Nature]Metier
}

// Veiller makes what is asked for, until ctx ends.
func (a Atelier) Veiller(ctx context.Context, every time.Duration, warn func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		fait, err := a.Suivant(ctx)
		if err != nil && ctx.Err() == nil {
			warn(err)
		}
		if fait && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// priseEnMain is a work that this server has taken.
type priseEnMain struct {
	ID             uuid.UUID
	CompteID       uuid.UUID
	HabilitationID uuid.UUID
	Nature         Nature
	Demande        string
	Prise          int
}

// prendreSQL takes the oldest work that nobody does: two servers never take the same, since each skips what the other
// locks. One whose server gives no sign of life is taken over.
const prendreSQL = `
	update travail set etat = 'en_cours', prise = prise + 1, battement = $1, fait = 0
	where id = (select id from travail where etat = 'attente' or etat = 'en_cours' and battement < $2
		order by demande_le, id for update skip locked limit 1)
	returning id, compte_id, habilitation_id, nature, demande, prise`

// Suivant makes the next file, and tells whether there was one.
func (a Atelier) Suivant(ctx context.Context) (bool, error) {
	var p priseEnMain
	now := a.Now()
	err := a.DB.Connexion(ctx, func(tx territoire.Tx) (err error) {
		p, err = territoire.Ligne[priseEnMain](ctx, tx, prendreSQL, now, now.Add(-bail))
		return err
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("travail: take the next: %w", err)
	}
	if err = a.faire(ctx, p); err == nil || errors.Is(err, errPerdu) {
		return true, nil
	}
	return true, errors.Join(a.clore(context.WithoutCancel(ctx), p, err, ctx.Err() != nil), muet(err))
}

// muet keeps quiet about what the user alone has to know.
func muet(err error) error {
	if _, final := raisonDe(err); final {
		return nil
	}
	return err
}

// faire makes one file and keeps it, in one transaction of the one who asked: the file is there with the lines of the
// journal, or neither is.
func (a Atelier) faire(ctx context.Context, p priseEnMain) error {
	agent, err := a.agent(ctx, p)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(p.Demande)
	if err != nil {
		return fmt.Errorf("travail: read what is asked: %w", err)
	}
	metier, known := a.Metiers[p.Nature]
	if !known {
		return fmt.Errorf("travail: nobody makes %q", p.Nature)
	}
	o, err := metier(ctx, agent, values)
	if err != nil {
		return err
	}
	out, err := anonyme.Ouvrir()
	if err != nil {
		return err
	}
	defer out.Fermer()
	return a.DB.EcrireEnFond(ctx, agent.Portee(), func(tx territoire.Tx) error {
		if err := o.Faire(ctx, tx, &Banc{Fichier: out, atelier: &a, prise: p, vu: a.Now()}); err != nil {
			return err
		}
		return a.rendre(ctx, tx, p, o, out)
	})
}

// agent is the one who asked, as he may act today.
func (a Atelier) agent(ctx context.Context, p priseEnMain) (habilitation.Agent, error) {
	agents, err := a.Agents(ctx, p.CompteID, a.Now())
	if err != nil {
		return habilitation.Agent{}, err
	}
	for _, agent := range agents {
		if agent.Habilitation == p.HabilitationID {
			agent.Requete = "travail " + p.ID.String()[:8]
			return agent, nil
		}
	}
	return habilitation.Agent{}, territoire.ErrPorteeClose
}

// errPerdu means that the work was given up, or taken over by another server.
var errPerdu = errors.New("travail: not ours any more")

// rendre keeps the file, if the work is still ours.
func (a Atelier) rendre(ctx context.Context, tx territoire.Tx, p priseEnMain, o Ouvrage, out *anonyme.Fichier) error {
	size, err := ranger(ctx, tx, a.Coffre, p.ID, out)
	if err != nil {
		return err
	}
	nom, genre := o.Fichier()
	now := a.Now()
	tag, err := tx.Exec(ctx, `update travail set etat = 'pret', fait = total, fini_le = $3, nom = $4, genre = $5, taille = $6, garde_jusqu_au = $7
		where id = $1 and prise = $2 and etat = 'en_cours'`, p.ID, p.Prise, now, nom, genre, size, now.Add(GardeFichier))
	if err == nil && tag.RowsAffected() == 0 {
		return errPerdu
	}
	return err
}

// clore writes down that a work failed, and why; what failed by accident is tried again, what was interrupted by the end
// of the server at once.
func (a Atelier) clore(ctx context.Context, p priseEnMain, cause error, arret bool) error {
	raison, final := raisonDe(cause)
	sql, args := `update travail set etat = 'echec', raison = $3, fini_le = $4, garde_jusqu_au = $5 where id = $1 and prise = $2 and etat = 'en_cours'`,
		[]any{p.ID, p.Prise, raison, a.Now(), a.Now().Add(gardeDemande)}
	switch {
	case arret:
		sql, args = `update travail set etat = 'attente', prise = prise - 1 where id = $1 and prise = $2 and etat = 'en_cours'`, args[:2]
	case !final && p.Prise < prises:
		sql, args = `update travail set etat = 'attente' where id = $1 and prise = $2 and etat = 'en_cours'`, args[:2]
	}
	return a.DB.Connexion(ctx, func(tx territoire.Tx) error {
		tx.Queue(sql, args...)
		return nil
	})
}

// raisonDe is why a work failed, as the user reads it, and whether it is vain to try again.
func raisonDe(err error) (raison string, final bool) {
	if r, refused := refusal.As(err); refused {
		return r.Motif, true
	}
	switch {
	case errors.Is(err, territoire.ErrPorteeClose), errors.Is(err, territoire.ErrArret):
		return "Votre accès était fermé au moment de faire le fichier.", true
	case errors.Is(err, territoire.ErrLectureSeule):
		return "L’enregistrement est arrêté en ce moment\u00a0: demandez à nouveau ce fichier plus tard.", true
	}
	return "Le serveur n’a pas pu faire ce fichier\u00a0: demandez-le à nouveau.", false
}
