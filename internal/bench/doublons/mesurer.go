package doublons

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Bilan is what was measured.
type Bilan struct {
	Saisies  int // children typed again
	Premiers int // of whom the right one is among the first three shown
	Nouveaux int // children whom the register does not know
	Alertes  int // of whom somebody is shown all the same
	Durees   []time.Duration
	Manques  map[string]int // by mistakes, those who were not among the three
	Fautes   map[string]int // by mistakes, those who were typed
}

// Rappel is the share of those typed again who are shown.
func (b Bilan) Rappel() float64 { return float64(b.Premiers) / float64(b.Saisies) }

// FaussesAlertes is the share of new children for whom somebody is shown.
func (b Bilan) FaussesAlertes() float64 { return float64(b.Alertes) / float64(b.Nouveaux) }

// P95 is the time under which ninety-five checks in a hundred are done.
func (b Bilan) P95() time.Duration {
	slices.Sort(b.Durees)
	return b.Durees[len(b.Durees)*95/100]
}

// Epreuve is a base to be tried by an agent who may look everywhere.
type Epreuve struct {
	DB    *territoire.DB
	Owner *pgx.Conn
	Agent habilitation.Agent
}

type enfant struct {
	ID               uuid.UUID
	NomFamille       string
	NomUsage         string
	Prenom           string
	Prenom2          string
	Prenom3          string
	Sexe             eleve.Sexe
	DateNaissance    time.Time
	NeEtranger       bool
	CommuneNaissance string
}

// echantillonSQL takes pupils as chance has it, the same for the same base.
const echantillonSQL = `
	select id, nom_famille, nom_usage, prenom, prenom2, prenom3, sexe, date_naissance, ne_etranger,
		coalesce(commune_naissance_insee, '') as commune_naissance
	from eleve where etat = 'actif' order by hashtext(id::text) limit $1`

// Mesurer types n pupils again, and as many new ones.
func (e *Epreuve) Mesurer(ctx context.Context, n int) (Bilan, error) {
	b := Bilan{Manques: map[string]int{}, Fautes: map[string]int{}}
	// What an earlier trial has looked for does not brake this one.
	if _, err := e.Owner.Exec(ctx, `delete from recherche_ailleurs where compte_id = $1`, e.Agent.Compte); err != nil {
		return b, fmt.Errorf("doublons: forget earlier searches: %w", err)
	}
	rows, err := e.Owner.Query(ctx, echantillonSQL, n)
	if err != nil {
		return b, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[enfant])
	if err != nil {
		return b, fmt.Errorf("doublons: read pupils: %w", err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range list {
		if err := e.retaper(ctx, r, c, &b); err != nil {
			return b, err
		}
	}
	return b, e.inventer(ctx, len(list), &b)
}

// retaper types a pupil again and looks for him.
func (e *Epreuve) retaper(ctx context.Context, r *rand.Rand, c enfant, b *Bilan) error {
	i, names := Abimer(r, eleve.Identite{
		NomFamille: c.NomFamille, NomUsage: c.NomUsage, Prenom: c.Prenom, Prenom2: c.Prenom2, Prenom3: c.Prenom3, Sexe: c.Sexe,
		DateNaissance: c.DateNaissance, NeEtranger: c.NeEtranger, CommuneNaissance: c.CommuneNaissance,
	})
	found, err := e.chercher(ctx, i, b)
	if err != nil {
		return err
	}
	b.Saisies++
	right := slices.ContainsFunc(found[:min(3, len(found))], func(f eleve.Connu) bool { return f.EleveID == c.ID })
	if right {
		b.Premiers++
	}
	for _, n := range names {
		b.Fautes[n]++
		if !right {
			b.Manques[n]++
		}
	}
	return nil
}

// chercher is the check that the forms make, timed. The clock goes on, or the account would be told that it is too much.
func (e *Epreuve) chercher(ctx context.Context, i eleve.Identite, b *Bilan) ([]eleve.Connu, error) {
	e.Agent.Maintenant = e.Agent.Maintenant.Add(21 * time.Second)
	start := time.Now()
	found, err := eleve.Chercher(ctx, e.DB, e.Agent, i, func(*territoire.Lecture) {})
	b.Durees = append(b.Durees, time.Since(start))
	return found, err
}

// inventer looks for children who are in no base: the same names as those of the base, other lives.
func (e *Epreuve) inventer(ctx context.Context, n int, b *Bilan) error {
	s := invention.New(20261121, "doublons")
	tarbes := commune.Search("Tarbes", 1)
	lieux := invention.Lieux{Departement: "65", Residences: tarbes, Maternites: []string{tarbes[0].Insee}}
	for range n {
		annee := s.Between(2015, 2023)
		f := s.Famille(lieux, annee)
		c := s.Enfant(&f, lieux, annee)
		found, err := e.chercher(ctx, eleve.Identite{
			NomFamille: c.Nom, NomUsage: c.NomUsage, Prenom: c.Prenom, Prenom2: c.Prenom2, Prenom3: c.Prenom3, Sexe: eleve.Sexe(c.Sexe),
			DateNaissance: c.Naissance, NeEtranger: c.NeEtranger, CommuneNaissance: c.CommuneNaissance,
		}, b)
		if err != nil {
			return err
		}
		b.Nouveaux++
		if len(found) > 0 {
			b.Alertes++
		}
	}
	return nil
}

// agentSQL takes a directeur of the base.
const agentSQL = `select id, compte_id, role, ecole_uai from habilitation where role = 'directeur' and fin is null and compte_actif limit 1`

// Directeur is an agent of the base who may look everywhere.
func Directeur(ctx context.Context, owner *pgx.Conn, now time.Time) (habilitation.Agent, error) {
	a := habilitation.Agent{Maintenant: now}
	err := owner.QueryRow(ctx, agentSQL).Scan(&a.Habilitation, &a.Compte, &a.Role, &a.Ecole)
	return a, err
}
