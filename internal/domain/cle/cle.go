// Package cle is the life of the secure keys of a département: they come in stock by their vendor's file, are attributed,
// handed over against a receipt, suspended, lost, given back, and set again when their clock has drifted. The service
// informatique comes here; what a key opens is judged by internal/domain/compte, and nobody here reads a secret.
package cle

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passkey"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Etat is where a key is in its life (security.md AUT-16).
type Etat string

// The states. A key handed over comes into service by its first right code, and by nothing else.
const (
	Stock     Etat = "stock"
	Attribuee Etat = "attribuee"
	Remise    Etat = "remise"
	Active    Etat = "active"
	Suspendue Etat = "suspendue"
	Perdue    Etat = "perdue"
	Restituee Etat = "restituee"
)

// Etats lists them in the order of a life.
var Etats = []Etat{Stock, Attribuee, Remise, Active, Suspendue, Perdue, Restituee}

// Label is the state as the service reads it.
func (e Etat) Label() string {
	return map[Etat]string{
		Stock: "En stock", Attribuee: "Attribuée", Remise: "Remise", Active: "En service", Suspendue: "Suspendue",
		Perdue: "Perdue", Restituee: "Restituée",
	}[e]
}

// Geste is what the service does to a key.
type Geste string

// The acts.
const (
	Attribuer Geste = "attribuer"
	Reprendre Geste = "reprendre" // an attribution, before the key was handed over
	Remettre  Geste = "remettre"
	Suspendre Geste = "suspendre"
	Retablir  Geste = "retablir"
	Perdre    Geste = "perdue"
	Restituer Geste = "restituer"
	Ranger    Geste = "ranger" // back in stock
)

// regle is one act: from which states, to which, under which name in the journal.
type regle struct {
	geste Geste
	de    []Etat
	vers  Etat
	acte  journal.Acte
	refus string // said of a key in another state
}

// regles are the whole machine, but for the first right code (compte.Gate). The base holds the same (migrations, cle).
var regles = []regle{
	{Attribuer, []Etat{Stock}, Attribuee, journal.AttribuerCle, "Seule une clé en stock peut être attribuée."},
	{Reprendre, []Etat{Attribuee}, Stock, journal.ReprendreCle, "Seule une clé attribuée et pas encore remise peut être reprise."},
	{Remettre, []Etat{Attribuee}, Remise, journal.RemettreCle, "Seule une clé attribuée peut être remise."},
	{Suspendre, []Etat{Remise, Active}, Suspendue, journal.SuspendreCle, "Seule une clé remise ou en service peut être suspendue."},
	{Retablir, []Etat{Suspendue}, Remise, journal.RetablirCle, "Seule une clé suspendue peut être rétablie."},
	{Perdre, []Etat{Attribuee, Remise, Active, Suspendue}, Perdue, journal.PerdreCle, "Cette clé n’est entre les mains de personne."},
	{Restituer, []Etat{Remise, Active, Suspendue, Perdue}, Restituee, journal.RestituerCle, "Cette clé n’est entre les mains de personne."},
	{Ranger, []Etat{Restituee}, Stock, journal.RangerCle, "Seule une clé restituée peut revenir en stock."},
}

func (g Geste) regle() (regle, bool) {
	i := slices.IndexFunc(regles, func(r regle) bool { return r.geste == g })
	if i < 0 {
		return regle{}, false
	}
	return regles[i], true
}

// deMain are the acts on what one holds in one's hand: there is nothing of a passkey to attribute, hand over or give back.
// Its holder makes it and removes it himself.
var deMain = []Geste{Attribuer, Reprendre, Remettre, Restituer, Ranger}

// Gestes are what may be done to a key of that type in that state. An application does not come back in stock: the telephone
// of its former holder still shows its codes.
func (e Etat) Gestes(kind string, materielle bool) []Geste {
	var list []Geste
	for _, r := range regles {
		if r.geste == Ranger && !materielle {
			continue
		}
		if slices.Contains(r.de, e) && (kind != passkey.Type || !slices.Contains(deMain, r.geste)) {
			list = append(list, r.geste)
		}
	}
	return list
}

// faireSQL takes a key to its next state. A holder goes with the key that he gave back until it is in stock again.
const faireSQL = `
	update cle set etat = $4, etat_le = $5, etat_par = $6, version = version + 1, echecs = 0,
		motif = case $4 when 'suspendue' then 'demande' else '' end,
		compte_id = case $4 when 'stock' then null when 'attribuee' then $7 else compte_id end
	where id = $1 and version = $2 and etat = any ($3) and (type <> $8 or $9) and (materielle or $4 <> 'stock')
	returning compte_id`

// Faire does an act other than Attribuer to a key that the agent has seen at that version.
// It tells how many habilitations of its holder the IA is to confirm.
func Faire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, version int, g Geste) (int, error) {
	titulaire, err := faire(ctx, tx, agent, id, version, g, nil)
	if r, _ := g.regle(); err != nil || r.vers != Remise {
		return 0, err
	}
	return compte.Confirmer(ctx, tx, agent, *titulaire)
}

// faire does an act, of Attribuer to a holder, and returns who holds the key then; nil in stock.
func faire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, version int, g Geste, a *uuid.UUID) (titulaire *uuid.UUID, err error) {
	r, ok := g.regle()
	if !ok {
		return nil, refusal.NotFound()
	}
	err = tx.QueryRow(ctx, faireSQL, id, version, r.de, r.vers, agent.Maintenant, agent.Compte, a,
		passkey.Type, !slices.Contains(deMain, g)).Scan(&titulaire)
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg) && pg.ConstraintName == "une_cle_attendue_par_compte":
		return nil, refusal.InConflict("Une autre clé est déjà attribuée à ce compte. Reprenez-la d’abord.")
	case errors.Is(err, pgx.ErrNoRows):
		return nil, r.pourquoi(ctx, tx, id, version)
	case err != nil:
		return nil, fmt.Errorf("cle: %s: %w", g, err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: r.acte, Objet: "cle", ID: id})
	return titulaire, nil
}

// pourquoi says why nothing was done.
func (r regle) pourquoi(ctx context.Context, tx territoire.Tx, id uuid.UUID, version int) error {
	var now int
	var etat Etat
	var kind string
	var materielle bool
	err := tx.QueryRow(ctx, `select version, etat, type, materielle from cle where id = $1`, id).Scan(&now, &etat, &kind, &materielle)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return refusal.NotFound()
	case err != nil:
		return fmt.Errorf("cle: read the key: %w", err)
	case kind == passkey.Type && slices.Contains(deMain, r.geste):
		return refusal.InConflict("Une clé d’accès ne se remet ni ne se rend\u00a0: son titulaire la retire lui-même.")
	case r.geste == Ranger && !materielle:
		return refusal.InConflict("Une application ne revient pas en stock\u00a0: le téléphone de son titulaire en affiche toujours les codes.")
	case !slices.Contains(r.de, etat):
		return refusal.InConflict(r.refus)
	}
	return refusal.Outdated()
}

// Donner attributes a key in stock to an account of the département, named by its identifier.
func Donner(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, version int, identifiant string) error {
	titulaire, err := trouver(ctx, tx, identifiant)
	if err != nil {
		return err
	}
	_, err = faire(ctx, tx, agent, id, version, Attribuer, &titulaire)
	return err
}

func trouver(ctx context.Context, tx territoire.Tx, identifiant string) (id uuid.UUID, err error) {
	var actif bool
	err = tx.QueryRow(ctx, `select id, actif from compte where identifiant = lower($1) and departement_code = portee_dsden()`, identifiant).
		Scan(&id, &actif)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return id, refusal.Of("identifiant", "Aucun compte de votre département ne porte cet identifiant.")
	case err != nil:
		return id, fmt.Errorf("cle: find the account: %w", err)
	case !actif:
		return id, refusal.Of("identifiant", "Ce compte est suspendu\u00a0: rétablissez-le avant de lui attribuer une clé.")
	}
	return id, nil
}
