package election

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Candidature is a list of candidates: its name, and who is on it in the order of preference, by the numbers of the list of
// voters. Representatives and alternates are not told apart (arrêté of 13 May 1985, art. 1).
type Candidature struct {
	Nom       string
	DeposeeLe time.Time
	Numeros   []int
}

// ParseNumeros reads numbers however they are separated.
func ParseNumeros(s string) ([]int, error) {
	var list []int
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '-' || unicode.IsSpace(r) }) {
		n, err := strconv.Atoi(word)
		if err != nil || n <= 0 || n > 1<<15-1 {
			return nil, refusal.Of("numeros", "«\u00a0"+word+"\u00a0» n’est pas un numéro de la liste électorale.")
		}
		list = append(list, n)
	}
	return list, nil
}

// Valider says what the texts do not allow of a list for so many seats.
func (c Candidature) Valider(sieges int, cal Calendrier, arretee, today time.Time) error {
	var l refusal.List
	if c.Nom == "" {
		l.Add("nom", "Donnez le nom de la liste, ou celui de son premier candidat.")
	}
	validerJour(&l, "deposee_le", c.DeposeeLe, arretee, today)
	if c.DeposeeLe.After(cal.Candidatures()) && !c.DeposeeLe.After(today) {
		l.Add("deposee_le", "Une liste se dépose dix jours francs avant le vote, au plus tard le "+date.Long(cal.Candidatures())+
			" (circulaire du 9\u00a0juin\u00a02000).")
	}
	switch n := len(c.Numeros); {
	case n < 2:
		l.Add("numeros", "Une liste compte au moins deux candidats (arrêté du 13\u00a0mai\u00a01985, art.\u00a01).")
	case n > 2*sieges:
		l.Add("numeros", "Une liste compte au plus le double des sièges, soit "+strconv.Itoa(2*sieges)+
			"\u00a0candidats (arrêté du 13\u00a0mai\u00a01985, art.\u00a01).")
	}
	for i, n := range c.Numeros {
		if slices.Contains(c.Numeros[:i], n) {
			l.Add("numeros", "Le numéro "+strconv.Itoa(n)+" est écrit deux fois.")
		}
	}
	return l.Err()
}

// eligible is a voter named by his number.
type eligible struct {
	ID        uuid.UUID
	Numero    int
	Personnel bool
	Retire    bool
	Personne
}

// candidats are the voters of these numbers, in their order, all eligible.
func candidats(ctx context.Context, tx territoire.Tx, election uuid.UUID, numeros []int) ([]eligible, error) {
	known, err := territoire.Lignes[eligible](ctx, tx, `select id, numero, personnel, retire_le is not null as retire,
		civilite, nom_famille, nom_usage, prenom, organisme from electeur where election_id = $1 and numero = any ($2)`, election, numeros)
	if err != nil {
		return nil, fmt.Errorf("election: read the candidates: %w", err)
	}
	var l refusal.List
	list := make([]eligible, 0, len(numeros))
	for _, n := range numeros {
		i := slices.IndexFunc(known, func(e eligible) bool { return e.Numero == n && !e.Retire })
		switch {
		case i < 0:
			l.Add("numeros", "Le numéro "+strconv.Itoa(n)+" n’est pas sur la liste électorale.")
		case known[i].Personnel:
			l.Add("numeros", known[i].Complet()+" est du personnel de l’école, donc n’est pas éligible (arrêté du 13\u00a0mai\u00a01985, art.\u00a01).")
		case known[i].Organisme != "":
			l.Add("numeros", known[i].Organisme+" vote par son représentant et n’est pas éligible.")
		default:
			list = append(list, known[i])
		}
	}
	return list, l.Err()
}

// Deposer records a list of candidates.
func Deposer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, c Candidature) (uuid.UUID, error) {
	list, e, err := c.examiner(ctx, tx, agent, id)
	if err != nil {
		return uuid.Nil, err
	}
	liste := uuid.New()
	_, err = tx.Exec(ctx, `insert into liste_candidats (id, election_id, ecole_uai, nom, deposee_le) values ($1, $2, $3, $4, $5)`,
		liste, id, e.EcoleUAI, c.Nom, c.DeposeeLe)
	if err != nil {
		return uuid.Nil, expliquerListe(err)
	}
	noter(tx, agent, journal.DeposerListe, id)
	return liste, ranger(ctx, tx, liste, e.EcoleUAI, list)
}

// examiner locks the election and checks the list of candidates against it.
func (c Candidature) examiner(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) ([]eligible, ligne, error) {
	e, err := enCours(ctx, tx, id, 0)
	if err != nil {
		return nil, e, err
	}
	cal := Calendrier{ecole.Annee(e.Annee), e.ScrutinLe}
	if err := c.Valider(e.Sieges, cal, *e.ArreteeLe, agent.Aujourdhui()); err != nil {
		return nil, e, err
	}
	list, err := candidats(ctx, tx, id, c.Numeros)
	return list, e, err
}

// ModifierListe changes a list of candidates, as when one who withdraws is replaced.
func ModifierListe(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, liste uuid.UUID, v int, c Candidature) (uuid.UUID, error) {
	election, err := verrouillerListe(ctx, tx, liste, v)
	if err != nil {
		return election, err
	}
	list, e, err := c.examiner(ctx, tx, agent, election)
	if err != nil {
		return election, err
	}
	if err := c.remplacer(ctx, tx, liste, Calendrier{ecole.Annee(e.Annee), e.ScrutinLe}, agent.Aujourdhui()); err != nil {
		return election, err
	}
	_, err = tx.Exec(ctx, `update liste_candidats set nom = $2, deposee_le = $3, version = version + 1 where id = $1`, liste, c.Nom, c.DeposeeLe)
	if err != nil {
		return election, expliquerListe(err)
	}
	noter(tx, agent, journal.Modifier, election)
	return election, ranger(ctx, tx, liste, e.EcoleUAI, list)
}

// remplacer refuses a new candidate once nobody may be replaced any more: the ballots are being printed. One who withdraws
// may still be taken off, and the order changed.
func (c Candidature) remplacer(ctx context.Context, tx territoire.Tx, liste uuid.UUID, cal Calendrier, today time.Time) error {
	if !today.After(cal.Remplacement()) {
		return nil
	}
	var nouveaux int
	err := tx.QueryRow(ctx, `select count(*) from unnest($2::int[]) as n where not exists (
		select from candidat c join electeur e on e.id = c.electeur_id where c.liste_id = $1 and e.numero = n)`, liste, c.Numeros).Scan(&nouveaux)
	if err != nil {
		return fmt.Errorf("election: who is new on the list: %w", err)
	}
	if nouveaux > 0 {
		return refusal.Of("numeros", "Un candidat se remplace huit jours francs avant le vote, au plus tard le "+date.Long(cal.Remplacement())+
			" (circulaire du 9\u00a0juin\u00a02000). Vous pouvez encore en retirer un.")
	}
	return nil
}

// RetirerListe takes a list of candidates away.
func RetirerListe(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, liste uuid.UUID, v int) (uuid.UUID, error) {
	election, err := verrouillerListe(ctx, tx, liste, v)
	if err != nil {
		return election, err
	}
	if _, err := enCours(ctx, tx, election, 0); err != nil {
		return election, err
	}
	tx.Queue(`delete from liste_candidats where id = $1`, liste)
	noter(tx, agent, journal.RetirerListe, election)
	return election, nil
}

// verrouillerListe locks a list of candidates and says of which election it is.
func verrouillerListe(ctx context.Context, tx territoire.Tx, liste uuid.UUID, v int) (uuid.UUID, error) {
	l, err := territoire.Ligne[struct {
		Version    int
		ElectionID uuid.UUID
	}](ctx, tx, `select version, election_id from liste_candidats where id = $1 for update`, liste)
	return l.ElectionID, version.Check(err, "liste_candidats", v, l.Version)
}

// ranger writes the candidates of a list in their order, in the place of those it had.
func ranger(ctx context.Context, tx territoire.Tx, liste uuid.UUID, uai string, list []eligible) error {
	ids, noms := make([]uuid.UUID, len(list)), make([]string, len(list))
	for i, e := range list {
		ids[i], noms[i] = e.ID, e.Complet()
	}
	tx.Queue(`delete from candidat where liste_id = $1`, liste)
	_, err := tx.Exec(ctx, `with depose as (
			insert into candidat (liste_id, rang, ecole_uai, electeur_id, nom)
			select $1, n, $2, id, nom from unnest($3::uuid[], $4::text[]) with ordinality as l (id, nom, n)
			returning electeur_id, liste_id)
		select from depose`, liste, uai, ids, noms)
	if err != nil {
		return expliquerListe(err)
	}
	ailleurs := ""
	err = tx.QueryRow(ctx, `select coalesce((select c.nom || ' est déjà candidat de la liste ' || l.nom from candidat c join liste_candidats l on l.id = c.liste_id
		where c.liste_id <> $1 and c.electeur_id = any ($2) limit 1), '')`, liste, ids).Scan(&ailleurs)
	switch {
	case err != nil:
		return fmt.Errorf("election: candidates of two lists: %w", err)
	case ailleurs != "":
		return refusal.Of("numeros", ailleurs+".")
	}
	return nil
}

// expliquerListe gives the constraints of a list of candidates their sentence.
func expliquerListe(err error) error {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.ConstraintName == "un_nom_par_liste" {
		return refusal.Of("nom", "Une autre liste porte déjà ce nom.")
	}
	return fmt.Errorf("election: save a list of candidates: %w", err)
}
