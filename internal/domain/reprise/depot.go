package reprise

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
)

// garde is how long a file sent and not applied is kept.
const garde = 24 * time.Hour

// Depot is a file sent, and how it is to be read. It stays on the server: no page carries it.
type Depot struct {
	ID             uuid.UUID
	Version        int
	Nom            string
	Contenu        []byte
	Genre          onde.Genre
	Correspondance []string
	Annee          ecole.Annee
	Liens          Deduction
	Plan           *string // as it was worked out last, nil before
}

// SQLDepot reads a Depot; one too old is no more.
const SQLDepot = `
	select id, version, nom, contenu, genre, correspondance, annee, liens, plan::text as plan from depot where id = $1 and le > $2`

// Expiration is since when a file sent is kept.
func Expiration(agent habilitation.Agent) time.Time { return agent.Maintenant.Add(-garde) }

// Purger forgets the files left, and what operations changed once they cannot be undone.
func Purger(tx territoire.Tx, now time.Time) {
	tx.Queue(`delete from depot where le <= $1`, now.Add(-garde))
	tx.Queue(`delete from operation_ligne l using operation o where o.id = l.operation_id and o.faite_le <= $1`, now.Add(-delai))
}

// Deposer keeps a file that can be read, with what is recognised of it.
func Deposer(tx territoire.Tx, agent habilitation.Agent, nom string, contenu []byte) (uuid.UUID, error) {
	f, err := onde.Ouvrir(contenu)
	if refus, ok := errors.AsType[onde.Refus](err); ok {
		e := refus.Erreur
		if e.Ligne > 0 {
			e.Motif = fmt.Sprintf("Ligne %d\u00a0: %s", e.Ligne, e.Motif)
		}
		return uuid.Nil, refusal.Of("fichier", e.Motif+" "+e.Remede)
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("reprise: open the file: %w", err)
	}
	if len(f.Lignes) == 0 {
		return uuid.Nil, refusal.Of("fichier", "Le fichier n’a qu’une ligne de titres. Refaites l’extraction sans choisir de niveau ni de classe.")
	}
	genre, c := onde.Reconnaitre(f.Titres)
	id := uuid.New()
	tx.Queue(`insert into depot (id, compte_id, ecole_uai, nom, contenu, genre, correspondance, annee, le)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, agent.Compte, agent.Ecole, nomCourt(nom), contenu, genre, texts(c),
		int(ecole.AnneeDe(agent.Aujourdhui())), agent.Maintenant)
	return id, nil
}

// nomCourt is the name of a file without its folder.
func nomCourt(nom string) string {
	nom = nom[strings.LastIndexAny(nom, `/\`)+1:]
	runes := []rune(nom)
	return string(runes[:min(len(runes), 100)])
}

func texts(c onde.Correspondance) []string {
	list := make([]string, len(c))
	for i, champ := range c {
		list[i] = string(champ)
	}
	return list
}

// Feuille lays the file out, with what each column holds.
func (d Depot) Feuille() (onde.Feuille, onde.Correspondance, error) {
	f, err := onde.Ouvrir(d.Contenu)
	if err != nil {
		return f, nil, fmt.Errorf("reprise: open the file kept: %w", err)
	}
	c := make(onde.Correspondance, len(f.Titres))
	for i := range min(len(c), len(d.Correspondance)) {
		c[i] = onde.Champ(d.Correspondance[i])
	}
	return f, c, nil
}

// Lire reads the lines as they are to be read.
func (d Depot) Lire() (Fichier, error) {
	f, c, err := d.Feuille()
	if err != nil {
		return Fichier{}, err
	}
	file := Fichier{Genre: d.Genre, Liens: d.Liens}
	if d.Genre == onde.Responsables {
		file.Responsables, file.Erreurs = onde.LireResponsables(f, c)
	} else {
		file.Eleves, file.Erreurs = onde.LireEleves(f, c)
	}
	return file, nil
}

// Choix is how the directeur says that his file is to be read.
type Choix struct {
	Genre          onde.Genre
	Correspondance onde.Correspondance
	Annee          ecole.Annee
	Liens          Deduction
}

// Valider says what is missing.
func (c Choix) Valider() error {
	var l refusal.List
	for _, r := range c.Correspondance.Manquent(c.Genre) {
		l.Add("", "Aucune colonne ne donne «\u00a0"+r.Libelle+"\u00a0»\u00a0: choisissez-la.")
	}
	seen := map[onde.Champ]bool{}
	for i, champ := range c.Correspondance {
		if champ != "" && seen[champ] && !strings.HasPrefix(string(champ), "enfant_") {
			l.Add(fmt.Sprintf("colonne.%d", i), "Une autre colonne donne déjà cette valeur.")
		}
		seen[champ] = true
	}
	if c.Correspondance.DemandeLien(c.Genre) && !slices.Contains([]Deduction{ParCivilite, ACompleter}, c.Liens) {
		l.Add("liens", "Choisissez comment connaître le lien de chaque responsable.")
	}
	return l.Err()
}

// Choisir records how a file is to be read, and works out what it would change. When another kind of file is chosen the
// columns are recognised anew, and ok is false: they are to be read again.
func Choisir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, c Choix) (ok bool, err error) {
	d, err := lockDepot(ctx, tx, agent, id)
	if err != nil {
		return false, err
	}
	if ok = c.Genre == d.Genre; !ok {
		f, _, err := d.Feuille()
		if err != nil {
			return false, err
		}
		c.Correspondance = onde.Correspondre(f.Titres, c.Genre)
	} else if err := c.Valider(); err != nil {
		return false, err
	}
	tx.Queue(`update depot set genre = $2, correspondance = $3, annee = $4, liens = $5, plan = null, version = version + 1 where id = $1`,
		id, c.Genre, texts(c.Correspondance), int(c.Annee), c.Liens)
	if !ok {
		return false, nil
	}
	d.Genre, d.Correspondance, d.Annee, d.Liens = c.Genre, texts(c.Correspondance), c.Annee, c.Liens
	return true, d.garder(ctx, tx, agent)
}

// Replanifier works out anew what a file would change.
func Replanifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	d, err := lockDepot(ctx, tx, agent, id)
	if err != nil {
		return err
	}
	return d.garder(ctx, tx, agent)
}

// garder keeps the report of the plan, for the pages that show it.
func (d Depot) garder(ctx context.Context, tx territoire.Tx, agent habilitation.Agent) error {
	plan, err := d.planifier(ctx, tx, agent)
	if err != nil {
		return err
	}
	plan.Changements = nil
	report, err := json.Marshal(plan)
	if err != nil {
		return fmt.Errorf("reprise: write the report: %w", err)
	}
	tx.Queue(`update depot set plan = $2 where id = $1`, d.ID, string(report))
	return nil
}

// planifier reads the file and the school, and works the plan out.
func (d Depot) planifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent) (Plan, error) {
	f, err := d.Lire()
	if err != nil {
		return Plan{}, err
	}
	b, err := relire(ctx, tx, agent, f, d.Annee)
	if err != nil {
		return Plan{}, err
	}
	return Planifier(f, b), nil
}

// Rapport is the plan as it was worked out last, without its changes; false before.
func (d Depot) Rapport() (plan Plan, ok bool, err error) {
	if d.Plan == nil {
		return plan, false, nil
	}
	if err := json.Unmarshal([]byte(*d.Plan), &plan); err != nil {
		return plan, false, fmt.Errorf("reprise: read the report: %w", err)
	}
	return plan, true, nil
}

func lockDepot(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) (Depot, error) {
	d, err := territoire.Ligne[Depot](ctx, tx, SQLDepot+` for update`, id, Expiration(agent))
	if err != nil {
		return d, fmt.Errorf("reprise: read the file kept: %w", err)
	}
	return d, nil
}
