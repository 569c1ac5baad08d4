package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/restructuration"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/territoire"
)

// maxEnsemble is the floor of design.md §8 for an act on three hundred pupils, and for its undo.
const maxEnsemble = 2 * time.Second

// ensemble is the greatest public school of the base and one of its département that opens the same niveaux.
type ensemble struct {
	Ecole, Vers string
	Eleves      int
}

const ensembleSQL = `
	with grande as (
		select e.uai, e.departement_code, e.type from ecole e join scolarite s on s.ecole_uai = e.uai
		where s.annee = $1 and s.etat = 'admis_definitif' and e.secteur = 'public' and e.type = 'primaire' and e.ouverte
			and e.departement_code in (select departement_code from habilitation where id = $2)
		group by e.uai order by count(*) desc, e.uai limit 1)
	select g.uai as ecole, (select e.uai from ecole e where e.departement_code = g.departement_code and e.type = g.type
			and e.secteur = 'public' and e.ouverte and e.uai <> g.uai order by e.uai limit 1) as vers,
		(select count(*) from scolarite s where s.ecole_uai = g.uai and s.annee = $1 and s.etat = 'admis_definitif') as eleves
	from grande g`

// partirSQL decides that every pupil of a school goes on elsewhere, and has the school that receives type first.
var partirSQL = []string{
	`update passage set suite_id = null where ecole_uai = $1 and annee = $2`,
	`insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le, decide_le)
		select id, ecole_uai, annee, 'decide', 'passage', 'CM1', true, current_date, current_date
		from scolarite where ecole_uai = $1 and annee = $2 and etat = 'admis_definitif'
		on conflict (scolarite_id) do update set etat = 'decide', decision = 'passage', niveau_suivant = 'CM1', quittant = true`,
	`update commune set saisie = 'ecole' where insee = (select commune_insee from ecole where uai = $1) and $2 > 0`,
}

// restructuration measures the acts that move a whole school: a merger and a cohort that goes on, each with its undo. The
// transaction is given up, so that the base stays as it was.
func (b bench) restructuration(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	conn, err := b.anybody(ctx, w)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	ia, err := w.agent(ctx, tx, w.people.of(habilitation.IA))
	if err != nil {
		return err
	}
	annee := ecole.AnneeDe(w.now)
	rows, err := tx.Query(ctx, ensembleSQL, int(annee), ia.Habilitation)
	if err != nil {
		return err
	}
	e, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[ensemble])
	if err != nil {
		return fmt.Errorf("the school to merge: %w", err)
	}
	// A base that was generated has no register of its stays: those of both schools are opened, as in service.
	if _, err := tx.Exec(ctx, `select ouvrir_registre() where not exists (select from registre)`); err != nil {
		return err
	}
	db := territoire.Dans(tx)
	if err := b.merger(ctx, db, ia, e); err != nil {
		return err
	}
	return b.cohorte(ctx, tx, db, ia, e, annee)
}

// anybody is a connection that may take every role in turn, set as that of an inspection.
func (b bench) anybody(ctx context.Context, w *world) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, b.pg.AdminURL(w.name()))
	if err != nil {
		return nil, err
	}
	for name, value := range territoire.Reglages("be_ia") {
		if _, err := conn.Exec(ctx, `select set_config($1, $2, false)`, name, value); err != nil {
			_ = conn.Close(context.WithoutCancel(ctx))
			return nil, err
		}
	}
	return conn, nil
}

func (b bench) merger(ctx context.Context, db *territoire.DB, ia habilitation.Agent, e ensemble) error {
	var id uuid.UUID
	var n int
	acts := []act{
		{"announced", ia, func(tx territoire.Tx) (err error) {
			id, err = restructuration.Annoncer(ctx, tx, ia, restructuration.Demande{
				Genre: restructuration.Fusion, Le: ia.Aujourdhui(), Ecoles: []string{e.Ecole, e.Vers}, Cible: e.Vers,
			})
			return err
		}},
		{"done", ia, func(tx territoire.Tx) (err error) {
			n, err = restructuration.Executer(ctx, tx, ia, id, 0)
			return err
		}},
		{"undone", ia, func(tx territoire.Tx) error {
			_, err := restructuration.Annuler(ctx, tx, ia, id, 0)
			return err
		}},
	}
	return b.timed(ctx, db, "a school merged", acts, &n)
}

func (b bench) cohorte(ctx context.Context, tx pgx.Tx, db *territoire.DB, ia habilitation.Agent, e ensemble, annee ecole.Annee) error {
	for i, sql := range partirSQL {
		if _, err := tx.Exec(ctx, sql, []string{e.Ecole, e.Ecole, e.Vers}[i], int(annee)); err != nil {
			return err
		}
	}
	leaves, err := directeur(ctx, tx, ia, e.Ecole)
	if err != nil {
		return err
	}
	receives, err := directeur(ctx, tx, ia, e.Vers)
	if err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `select scolarite_id from passage join scolarite s on s.id = scolarite_id
		where passage.ecole_uai = $1 and passage.annee = $2 and s.etat = 'admis_definitif'
			and not exists (select from scolarite n where n.eleve_id = s.eleve_id and n.annee > s.annee)`, e.Ecole, int(annee))
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	var opened []uuid.UUID
	n := len(ids)
	return b.timed(ctx, db, "a cohort transferred", []act{
		{"offered", leaves, func(tx territoire.Tx) (err error) {
			opened, err = transfert.Proposer(ctx, tx, leaves, annee, map[string][]uuid.UUID{e.Vers: ids})
			return err
		}},
		{"accepted", receives, func(tx territoire.Tx) error { return transfert.Accepter(ctx, tx, receives, opened[0], 0, ids) }},
		{"taken back", receives, func(tx territoire.Tx) error {
			_, err := transfert.Annuler(ctx, tx, receives, opened[0], 0)
			return err
		}},
	}, &n)
}

// act is one of those that are timed, by the one who does it.
type act struct {
	name  string
	agent habilitation.Agent
	do    func(territoire.Tx) error
}

// timed does acts in turn and prints what each took.
func (b bench) timed(ctx context.Context, db *territoire.DB, what string, acts []act, n *int) error {
	var line string
	for _, a := range acts {
		start := time.Now()
		if err := db.EcrireLongtemps(ctx, a.agent.Portee(), a.do); err != nil {
			return fmt.Errorf("%s, %s: %w", what, a.name, err)
		}
		took := time.Since(start)
		line += fmt.Sprintf("; %s %.2f s (%s)", a.name, took.Seconds(), mark(took <= maxEnsemble))
	}
	fmt.Fprintf(b.out, "%s, %d pupils, each act at most %s%s\n", what, *n, maxEnsemble, line)
	return nil
}

// of is the one who has the greatest territory of a role.
func (p people) of(role habilitation.Role) *person {
	for _, one := range p.others {
		if one.Role == role {
			return one
		}
	}
	return p.great
}

// agent is a person as the acts of the domain receive him.
func (w *world) agent(ctx context.Context, tx pgx.Tx, p *person) (a habilitation.Agent, err error) {
	a = habilitation.Agent{Role: p.Role, Maintenant: w.now}
	err = tx.QueryRow(ctx, `select h.id, h.compte_id from habilitation h join compte c on c.id = h.compte_id where c.identifiant = $1`,
		p.identifiant()).Scan(&a.Habilitation, &a.Compte)
	return a, err
}

// directeur gives a school a head for the time of the transaction, under an account that is there.
func directeur(ctx context.Context, tx pgx.Tx, of habilitation.Agent, uai string) (habilitation.Agent, error) {
	a := habilitation.Agent{Role: habilitation.Directeur, Compte: of.Compte, Ecole: uai, Habilitation: uuid.New(), Maintenant: of.Maintenant}
	_, err := tx.Exec(ctx, `insert into habilitation (id, compte_id, role, ecole_uai, debut) values ($1, $2, 'directeur', $3, $4)`,
		a.Habilitation, a.Compte, uai, a.Aujourdhui())
	return a, err
}
