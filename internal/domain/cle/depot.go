package cle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
)

// garde is how long a file sent and not confirmed is kept.
const garde = time.Hour

// Depot is a vendor's file sent, and what it says now.
type Depot struct {
	Nom string
	Lecture
}

func contexteDepot(id uuid.UUID) string { return "depot de cles " + id.String() }

// Deposer keeps a file that can be read, sealed, until it is confirmed; the older ones are forgotten.
func Deposer(_ context.Context, tx territoire.Tx, agent habilitation.Agent, box *coffre.Coffre, nom string, contenu []byte) (uuid.UUID, error) {
	lu, err := Lire(contenu)
	if err != nil {
		return uuid.Nil, err
	}
	series := make([]string, len(lu.Cles))
	for i, k := range lu.Cles {
		series[i] = k.Serie
	}
	nom = nom[strings.LastIndexAny(nom, `/\`)+1:]
	runes := []rune(nom)
	id := uuid.New()
	tx.Queue(`delete from depot_cle where le <= $1`, agent.Maintenant.Add(-garde))
	tx.Queue(`insert into depot_cle (id, departement_code, compte_id, nom, contenu, series, le) values ($1, portee_dsden(), $2, $3, $4, $5, $6)`,
		id, agent.Compte, string(runes[:min(len(runes), 100)]), box.Sceller(contenu, contexteDepot(id)), series, agent.Maintenant)
	return id, nil
}

// Attente is a file sent, as it waits: sealed, with those of its serial numbers that a key already bears.
type Attente struct {
	Nom     string
	Contenu []byte
	Prises  []string
}

const attenteSQL = `select nom, contenu, array(select series_prises(series)) as prises from depot_cle where id = $1 and le > $2`

// QueueAttente reads a file sent; one too old is no more.
func QueueAttente(l *territoire.Lecture, agent habilitation.Agent, id uuid.UUID, dst *Attente) {
	territoire.Une(l, dst, attenteSQL, id, agent.Maintenant.Add(-garde))
}

// Ouvrir reads what the file says, against the keys that there are.
func (a Attente) Ouvrir(box *coffre.Coffre, id uuid.UUID) (Depot, error) {
	d := Depot{Nom: a.Nom}
	contenu, err := box.Ouvrir(a.Contenu, contexteDepot(id))
	if err != nil {
		return d, refusal.NotFound() // sealed under a key that is no longer held: it is to be sent again
	}
	if d.Lecture, err = Lire(contenu); err != nil {
		return d, err
	}
	for _, k := range d.Cles {
		if slices.Contains(a.Prises, k.Serie) {
			d.Erreurs = append(d.Erreurs, onde.Erreur{
				Ligne: k.Ligne, Colonne: "numero_serie", Valeur: k.Serie, Motif: "Une clé porte déjà ce numéro de série.",
				Remede: "Retirez cette ligne\u00a0: une clé n’entre en stock qu’une fois.",
			})
		}
	}
	return d, nil
}

const entrerSQL = `
	insert into cle (id, numero_serie, secret_chiffre, type, algorithme, chiffres, periode, dernier_pas, departement_code, etat,
		etat_le, etat_par)
	select v.id, v.serie, v.secret, v.type, v.algorithme, v.chiffres, v.periode, v.pas, portee_dsden(), 'stock', $9, $10
	from unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::text[], $6::int[], $7::int[], $8::bigint[])
		as v (id, serie, secret, type, algorithme, chiffres, periode, pas)`

// Entrer puts the keys of a file in stock: all of them, or none.
func Entrer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, box *coffre.Coffre, id uuid.UUID) (n int, err error) {
	a, err := territoire.Ligne[Attente](ctx, tx, attenteSQL, id, agent.Maintenant.Add(-garde))
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, refusal.NotFound()
	}
	if err != nil {
		return 0, fmt.Errorf("cle: read the file: %w", err)
	}
	d, err := a.Ouvrir(box, id)
	if err != nil {
		return 0, err
	}
	if len(d.Erreurs) > 0 {
		return 0, refusal.InConflict("Ce fichier a des lignes fausses\u00a0: corrigez-les, puis envoyez-le de nouveau. Rien n’est changé.")
	}
	_, err = tx.Exec(ctx, entrerSQL, append(d.tableaux(box), agent.Maintenant, agent.Compte)...)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.ConstraintName == "numero_de_serie_unique" {
		return 0, refusal.InConflict("Une de ces clés vient d’entrer en stock\u00a0: relisez le fichier. Rien n’est changé.")
	}
	if err != nil {
		return 0, fmt.Errorf("cle: put keys in stock: %w", err)
	}
	tx.Queue(`delete from depot_cle where id = $1`, id)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.EntrerCles, Objet: "cle", ID: id})
	return len(d.Cles), nil
}

// tableaux are the columns of the keys, each secret sealed under its serial number.
func (l Lecture) tableaux(box *coffre.Coffre) []any {
	n := len(l.Cles)
	ids, series, secrets := make([]uuid.UUID, n), make([]string, n), make([][]byte, n)
	types, algorithmes := make([]string, n), make([]string, n)
	chiffres, periodes, pas := make([]int32, n), make([]int32, n), make([]int64, n)
	for i, c := range l.Cles {
		ids[i], series[i], secrets[i] = uuid.New(), c.Serie, box.Sceller(c.Secret, c.Serie)
		types[i], algorithmes[i] = c.Type, c.Algorithme
		chiffres[i], periodes[i], pas[i] = int32(c.Chiffres), int32(c.Periode), c.Dernier
	}
	return []any{ids, series, secrets, types, algorithmes, chiffres, periodes, pas}
}
