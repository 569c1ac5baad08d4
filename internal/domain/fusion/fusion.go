package fusion

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Choix is what the user decided: which file stays, which columns it takes from the other, and the versions seen.
type Choix struct {
	Garde, Absorbe               uuid.UUID
	VersionGarde, VersionAbsorbe int
	Pris                         []string // among Champs
}

// Fusionner makes one file of two that the agent's school holds, and returns the identifier of the merge.
func Fusionner(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Choix) (uuid.UUID, error) {
	if c.Garde == c.Absorbe {
		return uuid.Nil, refusal.InConflict("C’est deux fois le même dossier.")
	}
	if err := c.verrouiller(ctx, tx); err != nil {
		return uuid.Nil, err
	}
	garde, err := lire(ctx, tx, c.Garde)
	if err != nil {
		return uuid.Nil, err
	}
	absorbe, err := lire(ctx, tx, c.Absorbe)
	if err != nil {
		return uuid.Nil, err
	}
	if err := permettre(garde, absorbe); err != nil {
		return uuid.Nil, err
	}
	changements := Planifier(garde, absorbe, c.Pris, agent.Aujourdhui().Format(time.DateOnly))
	perimes, err := appliquerTous(ctx, tx, changements)
	switch {
	case err != nil:
		return uuid.Nil, err
	case len(perimes) > 0:
		return uuid.Nil, refusal.Outdated()
	}
	immatriculation.Remplacer(tx, agent, c.Garde, c.Absorbe)
	return noter(tx, agent, c, changements)
}

// verrouiller locks both files, always in the same order: two merges wait for each other, they do not block each other.
func (c Choix) verrouiller(ctx context.Context, tx territoire.Tx) error {
	first, second := c.Garde, c.Absorbe
	v1, v2 := c.VersionGarde, c.VersionAbsorbe
	if bytes.Compare(first[:], second[:]) > 0 {
		first, second, v1, v2 = second, first, v2, v1
	}
	if err := version.Lock(ctx, tx, "eleve", first, v1); err != nil {
		return err
	}
	return version.Lock(ctx, tx, "eleve", second, v2)
}

// permettre says what forbids the merge.
func permettre(garde, absorbe Dossier) error {
	for _, d := range []Dossier{garde, absorbe} {
		if d.Eleve.texte("etat") == "fusionne" {
			return refusal.InConflict("L’un de ces dossiers a déjà été fusionné.")
		}
	}
	return nil
}

// lireSQL reads the file and what hangs from it, as texts. A responsable is also known by his name: the same person may
// have been typed twice.
const lireSQL = `
	select 'eleve', to_jsonb(e) from eleve e where id = $1
	union all select 'scolarite', to_jsonb(s) from scolarite s where eleve_id = $1
	union all select 'affectation', to_jsonb(a) from scolarite s join affectation a on a.scolarite_id = s.id where s.eleve_id = $1
	union all select 'inscription', to_jsonb(i) from inscription i where eleve_id = $1
	union all select 'lien_responsable', to_jsonb(l) || jsonb_build_object('nom', cle_nom(concat_ws(' ', r.nom_famille, r.prenom, r.organisme)))
		from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = $1
	union all select 'personne_autorisee', to_jsonb(p) || jsonb_build_object('nom', cle_nom(concat_ws(' ', p.nom_famille, p.prenom)))
		from personne_autorisee p where eleve_id = $1
	union all select 'periscolaire', to_jsonb(p) from periscolaire p where eleve_id = $1
	union all select 'autorisation', to_jsonb(a) from autorisation a where eleve_id = $1
	union all select 'opposition', to_jsonb(o) from opposition o where eleve_id = $1
	union all select 'rattachement', to_jsonb(r) from rattachement r where eleve_id = $1
	union all select 'beneficiaire', to_jsonb(b) from beneficiaire b where eleve_id = $1`

// cles are the columns of the keys; 'id' elsewhere.
var cles = map[string][]string{
	"lien_responsable": {"eleve_id", "responsable_id"}, "periscolaire": {"eleve_id", "annee"},
	"autorisation": {"eleve_id", "annee"},
}

func lire(ctx context.Context, tx territoire.Tx, id uuid.UUID) (d Dossier, err error) {
	rows, err := tx.Query(ctx, lireSQL, id)
	if err != nil {
		return d, fmt.Errorf("fusion: read a file: %w", err)
	}
	lignes, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Ligne, error) {
		var table string
		var colonnes map[string]json.RawMessage
		err := row.Scan(&table, &colonnes)
		return nouvelleLigne(table, colonnes), err
	})
	if err != nil {
		return d, fmt.Errorf("fusion: read a file: %w", err)
	}
	slices.SortStableFunc(lignes, func(a, b Ligne) int { return strings.Compare(a.ordre(), b.ordre()) })
	for _, l := range lignes {
		if l.Table == "eleve" {
			d.Eleve = l
		} else {
			d.Lignes = append(d.Lignes, l)
		}
	}
	return d, nil
}

// ordre sorts people by rank; what is read twice is planned alike.
func (l Ligne) ordre() string { return fmt.Sprintf("%s %6s %v", l.Table, l.texte("rang"), l.Cle) }

func nouvelleLigne(table string, colonnes map[string]json.RawMessage) Ligne {
	l := Ligne{Table: table, Cle: map[string]string{}, Colonnes: map[string]*string{}}
	for colonne, brut := range colonnes {
		l.Colonnes[colonne] = enTexte(brut)
	}
	cle, ok := cles[table]
	if !ok {
		cle = []string{"id"}
	}
	for _, colonne := range cle {
		l.Cle[colonne] = l.texte(colonne)
	}
	return l
}

// enTexte is a value of JSON as PostgreSQL reads it: a text without its quotes, a number, a boolean; nil for null.
func enTexte(brut json.RawMessage) *string {
	var s string
	if json.Unmarshal(brut, &s) == nil && len(brut) > 0 && brut[0] == '"' {
		return &s
	}
	if s = string(brut); s == "null" {
		return nil
	}
	return &s
}

func noter(tx territoire.Tx, agent habilitation.Agent, c Choix, changements []Changement) (uuid.UUID, error) {
	b, err := json.Marshal(changements)
	if err != nil {
		return uuid.Nil, fmt.Errorf("fusion: write the changes: %w", err)
	}
	id := uuid.New()
	tx.Queue(`insert into fusion (id, garde_id, absorbe_id, ecole_uai, faite_le, compte_id, changements)
		values ($1, $2, $3, $4, $5, $6, $7)`, id, c.Garde, c.Absorbe, agent.Ecole, agent.Maintenant, agent.Compte, string(b))
	for _, eleve := range []uuid.UUID{c.Garde, c.Absorbe} {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.Fusionner, Objet: "eleve", ID: eleve, Ecole: agent.Ecole})
	}
	return id, nil
}

// Defaire makes two files again. What was changed since the merge stays as it is now, and is returned.
func Defaire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) (gardes []Changement, err error) {
	var brut []byte
	var defaite bool
	var garde, absorbe uuid.UUID
	err = tx.QueryRow(ctx, `select changements, defaite_le is not null, garde_id, absorbe_id from fusion where id = $1 for update`, id).
		Scan(&brut, &defaite, &garde, &absorbe)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, refusal.NotFound()
	case err != nil:
		return nil, fmt.Errorf("fusion: read a merge: %w", err)
	case defaite:
		return nil, refusal.InConflict("Cette fusion a déjà été défaite.")
	}
	var changements []Changement
	if err := json.Unmarshal(brut, &changements); err != nil {
		return nil, fmt.Errorf("fusion: read the changes: %w", err)
	}
	slices.Reverse(changements)
	for i, c := range changements {
		changements[i] = c.Inverse()
	}
	if gardes, err = appliquerTous(ctx, tx, changements); err != nil {
		return nil, err
	}
	immatriculation.Retablir(tx, agent, garde, absorbe)
	tx.Queue(`update fusion set defaite_le = $2, version = version + 1 where id = $1`, id, agent.Maintenant)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.DefaireFusion, Objet: "fusion", ID: id, Ecole: agent.Ecole})
	return gardes, nil
}
