package restructuration

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Ouvrir opens a school from a day on, which may come later.
func Ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, n Nouvelle, le time.Time) (uuid.UUID, error) {
	d := Demande{Genre: Ouverture, Le: le}
	var l refusal.List
	_ = l.Take(n.Valider()) // refusals
	_ = l.Take(d.date(agent.Aujourdhui()))
	if err := l.Err(); err != nil {
		return uuid.Nil, err
	}
	if err := ouvrir(ctx, tx, agent, n, le); err != nil {
		return uuid.Nil, err
	}
	id := enregistrer(tx, agent, d, effets{concernees: []string{n.UAI}, cible: n.UAI}, true)
	tx.Queue(`update restructuration set faite_le = annoncee_le where id = $1`, id)
	return id, nil
}

// ouvrir makes the school.
func ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, n Nouvelle, le time.Time) error {
	raw, err := json.Marshal(map[string]any{
		"uai": n.UAI, "nom": n.Nom, "type": n.Type, "secteur": n.Secteur, "adresse": n.Adresse, "code_postal": n.CodePostal,
		"commune_insee": n.CommuneInsee, "circonscription_uai": nullable(n.Circonscription), "ouverte_le": le.Format(time.DateOnly),
		"niveaux": niveauxOuRien(n.Niveaux),
	})
	if err != nil {
		return fmt.Errorf("restructuration: %w", err)
	}
	if _, err := tx.Exec(ctx, `select ouvrir_ecole($1::jsonb, $2, $3)`, string(raw), n.Commune, agent.Aujourdhui()); err != nil {
		return explain(err)
	}
	return nil
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func niveauxOuRien(niveaux []ecole.Niveau) []ecole.Niveau {
	if niveaux == nil {
		return []ecole.Niveau{}
	}
	return niveaux
}

// Annoncer records a closing, a merger or a split to come, without touching any pupil.
func Annoncer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Demande) (uuid.UUID, error) {
	if err := d.date(agent.Aujourdhui()); err != nil {
		return uuid.Nil, err
	}
	ecoles, err := trouver(ctx, tx, d.Ecoles)
	if err != nil {
		return uuid.Nil, err
	}
	cible, err := d.destination(ctx, tx)
	if err != nil {
		return uuid.Nil, err
	}
	f, err := d.effets(ecoles, cible)
	if err != nil {
		return uuid.Nil, err
	}
	if d.Nouvelle != nil {
		d.Nouvelle.Type = f.typeCible
		if err := ouvrir(ctx, tx, agent, *d.Nouvelle, d.Le); err != nil {
			return uuid.Nil, err
		}
	}
	return enregistrer(tx, agent, d, f, d.Nouvelle != nil), nil
}

// trouver reads schools of the territory; one that is not is not found.
func trouver(ctx context.Context, tx territoire.Tx, codes []string) ([]Etablissement, error) {
	list, err := territoire.Lignes[Etablissement](ctx, tx, EtablissementsSQL, codes)
	switch {
	case err != nil:
		return nil, fmt.Errorf("restructuration: read the schools: %w", err)
	case len(list) != len(codes) || len(list) == 0:
		return nil, refusal.NotFound()
	}
	return list, nil
}

// destination is the school that receives, when it is none of those merged.
func (d *Demande) destination(ctx context.Context, tx territoire.Tx) (*Etablissement, error) {
	if n := d.Nouvelle; n != nil {
		n.Type = ecole.Primaire // worked out by the rules later
		if err := n.Valider(); err != nil {
			return nil, err
		}
		d.Cible = n.UAI
		return nil, nil
	}
	if d.Genre != Scission {
		return nil, nil
	}
	list, err := territoire.Lignes[Etablissement](ctx, tx, EtablissementsSQL, []string{d.Cible})
	switch {
	case err != nil:
		return nil, fmt.Errorf("restructuration: read the school that receives: %w", err)
	case len(list) == 0:
		return nil, refusal.Of("cible", "Aucune école du département ne porte ce code\u00a0: pour une nouvelle école, donnez aussi son nom.")
	case !list[0].Ouverte:
		return nil, refusal.Of("cible", "L’école qui accueille est fermée, ou va l’être.")
	}
	return &list[0], nil
}

const enregistrerSQL = `
	insert into restructuration (id, genre, departement_code, annee, date_effet, annoncee_le, compte_id)
	values ($1, $2, departement_de_l_ia(), $3, $4, $5, $6)`

const ecolesSQL = `
	insert into restructuration_ecole (restructuration_id, ecole_uai, ferme, creee, type_apres)
	select $1, u, u = any ($3::text[]), $4 and u = $5, case u when $5 then $6 when $7 then $8 else '' end
	from (select distinct unnest($2::text[]) as u) e`

const partsSQL = `
	insert into restructuration_part (restructuration_id, ecole_uai, niveau, classe_id, vers_uai)
	select $1, p.ecole, nullif(p.niveau, ''), p.classe, $5 from unnest($2::text[], $3::text[], $4::uuid[]) as p (ecole, niveau, classe)`

// enregistrer writes the decision and what it does to each school.
func enregistrer(tx territoire.Tx, agent habilitation.Agent, d Demande, f effets, creee bool) uuid.UUID {
	id := uuid.New()
	tx.Queue(enregistrerSQL, id, d.Genre, int(ecole.AnneeDe(d.Le)), d.Le, agent.Maintenant, agent.Compte)
	concernees := f.concernees
	if f.cible != "" {
		concernees = append([]string{f.cible}, concernees...)
	}
	source := ""
	if d.Genre == Scission {
		source = d.Ecoles[0]
	}
	tx.Queue(ecolesSQL, id, concernees, append([]string{}, f.fermees...), creee, f.cible, f.typeCible, source, f.typeReste)
	ecoles, niveaux, classes := make([]string, len(f.parts)), make([]string, len(f.parts)), make([]*uuid.UUID, len(f.parts))
	for i, p := range f.parts {
		ecoles[i], niveaux[i], classes[i] = p.ecole, string(p.niveau), p.classe
	}
	tx.Queue(partsSQL, id, ecoles, niveaux, classes, f.cible)
	noter(tx, agent, journal.Restructurer, id, concernees)
	return id
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID, ecoles []string) {
	ids := make([]uuid.UUID, len(ecoles))
	for i := range ecoles {
		ids[i] = id
	}
	journal.RecordAll(tx, agent, acte, "restructuration", ids, ecoles)
}

// lire locks a decision.
func lire(ctx context.Context, tx territoire.Tx, id uuid.UUID, v int) (Decision, []string, error) {
	if err := version.Lock(ctx, tx, "restructuration", id, v); err != nil {
		return Decision{}, nil, err
	}
	d, err := territoire.Ligne[Decision](ctx, tx, SQL, id)
	if err != nil {
		return d, nil, fmt.Errorf("restructuration: read: %w", err)
	}
	var ecoles []string
	err = tx.QueryRow(ctx, `select array_agg(ecole_uai order by ecole_uai) from restructuration_ecole where restructuration_id = $1`, id).Scan(&ecoles)
	if err != nil {
		return d, nil, fmt.Errorf("restructuration: read the schools: %w", err)
	}
	return d, ecoles, nil
}

const indecisSQL = `select count(*) from plan_restructuration($1) where acte = 'indecis'`

// Executer does what was announced, and says for how many pupils.
func Executer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (n int, err error) {
	d, ecoles, err := lire(ctx, tx, id, v)
	if err != nil {
		return 0, err
	}
	if !d.Annoncee() {
		return 0, refusal.InConflict("Cette décision est déjà exécutée ou annulée.")
	}
	if err := d.tropTot(ctx, tx, agent.Aujourdhui()); err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, `select executer_restructuration($1, $2, $3, $4)`, id, agent.Maintenant, d.Annee.Rentree(), d.Annee.Fin()).Scan(&n)
	if err != nil {
		return 0, explain(err)
	}
	noter(tx, agent, journal.ExecuterRestructuration, id, ecoles)
	return n, nil
}

// tropTot refuses what cannot be done ahead: a change of schools in mid-year, and a rentrée for which pupils are not
// decided.
func (d Decision) tropTot(ctx context.Context, tx territoire.Tx, today time.Time) error {
	if !d.Le.After(today) {
		return nil
	}
	if !d.Le.Equal(d.Annee.Debut()) {
		return refusal.InConflict("En cours d’année, cette décision s’exécute le jour venu.")
	}
	var indecis int
	if err := tx.QueryRow(ctx, indecisSQL, d.ID).Scan(&indecis); err != nil {
		return fmt.Errorf("restructuration: count the undecided: %w", err)
	}
	if indecis > 0 {
		return refusal.InConflict(fmt.Sprintf("Sans décision de passage\u00a0: %d. L’école décide d’abord, ou attendez la date d’effet.", indecis))
	}
	return nil
}

// Annuler undoes what was done, but for the pupils on whom a school has worked since; it says how many these are.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (conserves int, err error) {
	d, ecoles, err := lire(ctx, tx, id, v)
	if err != nil {
		return 0, err
	}
	if !d.Annulable(agent.Maintenant) {
		return 0, refusal.InConflict("Cette décision ne peut plus être annulée\u00a0: elle l’est déjà, ou plus de 30 jours ont passé.")
	}
	if err := tx.QueryRow(ctx, `select defaire_restructuration($1, $2)`, id, agent.Maintenant).Scan(&conserves); err != nil {
		return 0, explain(err)
	}
	noter(tx, agent, journal.AnnulerRestructuration, id, ecoles)
	return conserves, nil
}

// Abandonner takes an announcement back; a school that it opened goes with it, unless somebody has it already.
func Abandonner(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	d, ecoles, err := lire(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if !d.Annoncee() {
		return refusal.InConflict("Cette décision est déjà exécutée ou annulée.")
	}
	if _, err := tx.Exec(ctx, `select abandonner_restructuration($1, $2)`, id, agent.Maintenant); err != nil {
		return explain(err)
	}
	noter(tx, agent, journal.AnnulerRestructuration, id, ecoles)
	return nil
}

// explain gives what the base refuses its sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case pg.ConstraintName == "ecole_pkey":
			return refusal.Of("uai", "Une école porte déjà ce code UAI.")
		case pg.Code == "42501":
			return refusal.Of("commune", "Cette commune ou cette circonscription n’est pas du département.")
		case pg.Code == "BE022":
			return refusal.InConflict("Des élèves restent dans l’école qui ferme\u00a0: transférez-les ou fusionnez-la d’abord.")
		case pg.Code == "BE020":
			return refusal.InConflict("Les élèves comptés avant et après ne sont pas les mêmes\u00a0: rien n’est fait. Relisez l’aperçu.")
		case pg.Code == "23503":
			return refusal.InConflict("D’autres actes ont suivi\u00a0: annulez-les d’abord.")
		case pg.Code == "23505":
			return refusal.InConflict("Un élève est déjà attendu dans l’école qui accueille\u00a0: son directeur annule d’abord cette admission.")
		}
	}
	return fmt.Errorf("restructuration: %w", err)
}
