package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
)

// person is somebody who asks for pages.
type person struct {
	Role       habilitation.Role
	Territoire string
	cookie     string
	sees       sight
}

// sight is what a person may open: one of each thing that pages are about.
type sight struct {
	Eleve, Classe, Scolarite, Inscription uuid.UUID
	Ecole                                 string
}

// sightSQL takes a pupil who is in a class of the territory, and an inscription there: one that the school has not
// answered yet, if there is one, for most is then to be shown and done.
const sightSQL = `
	select s.eleve_id as eleve, s.classe_id as classe, s.id as scolarite, s.ecole_uai as ecole,
		coalesce((select i.id from inscription i where i.ecole_uai = s.ecole_uai and i.annee = s.annee
			order by i.etat = 'inscrit' desc limit 1),
			'00000000-0000-0000-0000-000000000000') as inscription
	from ecole e join scolarite s on s.ecole_uai = e.uai
	where $2 in (e.uai, e.commune_insee, e.circonscription_uai, e.departement_code)
		and s.annee = $1 and s.etat = 'admis_definitif' and s.classe_id is not null
	limit 1`

// look finds what the person may open.
func (p *person) look(ctx context.Context, owner *pgx.Conn, annee int) error {
	rows, err := owner.Query(ctx, sightSQL, annee, p.Territoire)
	if err == nil {
		p.sees, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[sight])
	}
	if err != nil {
		return fmt.Errorf("what %s %s sees: %w", p.Role, p.Territoire, err)
	}
	return nil
}

func (p person) identifiant() string {
	return fmt.Sprintf("banc-%s-x%x", p.Role, sha256.Sum256([]byte(p.Territoire)))[:len("banc-")+len(p.Role)+10]
}

// cle is the key of the account, the same at each run.
func (p person) cle() otp.Cle {
	secret := sha256.Sum256([]byte("banc " + p.Territoire + string(p.Role)))
	return otp.Cle{Serie: "B-" + p.identifiant(), Secret: secret[:20], Algorithme: "SHA1", Chiffres: 6, Periode: 30}
}

// pupil is somebody pages are asked about.
type pupil struct {
	ID       uuid.UUID
	Ecole    string
	Classe   uuid.UUID
	Prefixe  string // beginning of the name, as one types it in a search
	director *person
}

// people are those of a base.
type people struct {
	directors []*person // of schools that have a class of thirty
	great     *person   // director of the greatest school
	others    []*person // one of each other role, on the greatest territory there is
	pupils    []pupil
}

const (
	schools       = 64
	pupilsPerCase = 256
)

// pupilsSQL takes pupils of classes of about thirty, of schools taken anywhere: the key of a school is spread by MD5.
const pupilsSQL = `
	with classe30 as (
		select distinct on (k.ecole_uai) k.ecole_uai, k.id
		from (select uai from ecole order by md5(uai) limit 2000) e
		join classe k on k.ecole_uai = e.uai and k.annee = $1
		where (select count(*) from scolarite s where s.classe_id = k.id and s.etat = 'admis_definitif') between 29 and 31
		order by k.ecole_uai, k.id
	), chosen as (select * from classe30 order by md5(ecole_uai) limit $2)
	select p.eleve_id as id, c.ecole_uai as ecole, c.id as classe, left(p.cle_nom, 3) as prefixe
	from chosen c cross join lateral (
		select s.eleve_id, s.cle_nom from scolarite s join eleve e on e.id = s.eleve_id and e.ecole_uai = s.ecole_uai
		where s.classe_id = c.id and s.etat = 'admis_definitif' order by s.cle_nom limit $3) p
	order by md5(p.eleve_id::text)`

// greatestSQL names the greatest territory of a role.
var greatestSQL = map[habilitation.Role]string{
	habilitation.Directeur: `select ecole_uai from scolarite where annee = $1 and etat = 'admis_definitif' group by 1 order by count(*) desc, 1 limit 1`,
	habilitation.Mairie:    `select commune_insee from ecole where $1 > 0 group by 1 order by count(*) desc, 1 limit 1`,
	habilitation.IEN:       `select circonscription_uai from ecole where $1 > 0 and circonscription_uai is not null group by 1 order by count(*) desc, 1 limit 1`,
	habilitation.IA:        `select departement_code from ecole where $1 > 0 group by 1 order by count(*) desc, 1 limit 1`,
	habilitation.Service:   `select departement_code from ecole where $1 > 0 group by 1 order by count(*) desc, 1 limit 1`,
}

// meet chooses schools and pupils, and makes the accounts that are not there yet.
func meet(ctx context.Context, owner *pgx.Conn, box *coffre.Coffre, now time.Time) (people, error) {
	var p people
	annee := int(ecole.AnneeDe(now))
	rows, err := owner.Query(ctx, pupilsSQL, annee, schools, pupilsPerCase/schools)
	if err != nil {
		return p, err
	}
	bySchool := map[string]*person{}
	p.pupils, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (u pupil, err error) {
		err = row.Scan(&u.ID, &u.Ecole, &u.Classe, &u.Prefixe)
		return u, err
	})
	if err != nil || len(p.pupils) == 0 {
		return p, fmt.Errorf("no class of thirty in the base: %w", err)
	}
	for i, u := range p.pupils {
		if bySchool[u.Ecole] == nil {
			bySchool[u.Ecole] = &person{Role: habilitation.Directeur, Territoire: u.Ecole}
			p.directors = append(p.directors, bySchool[u.Ecole])
		}
		p.pupils[i].director = bySchool[u.Ecole]
	}
	for _, role := range habilitation.Roles {
		if greatestSQL[role] == "" {
			continue
		}
		var code string
		if err := owner.QueryRow(ctx, greatestSQL[role], annee).Scan(&code); err != nil {
			return p, fmt.Errorf("greatest territory of %s: %w", role, err)
		}
		one := &person{Role: role, Territoire: code}
		if err := one.look(ctx, owner, annee); err != nil {
			return p, err
		}
		switch {
		case role != habilitation.Directeur:
			p.others = append(p.others, one)
		case bySchool[code] != nil:
			p.great = bySchool[code]
			p.great.sees = one.sees
		default:
			p.great = one
		}
	}
	return p, p.enrol(ctx, owner, box, now)
}

// all lists everybody, once.
func (p people) all() []*person {
	list := append(slices.Clone(p.others), p.directors...)
	if !slices.Contains(list, p.great) {
		list = append(list, p.great)
	}
	return list
}

const motDePasse = "gypaete-genevrier-lanterne-42"

func (p people) enrol(ctx context.Context, owner *pgx.Conn, box *coffre.Coffre, now time.Time) error {
	empreinte, err := compte.Hacher(motDePasse)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, owner, func(tx pgx.Tx) error {
		for _, one := range p.all() {
			var there bool
			if err := tx.QueryRow(ctx, `select exists (select from compte where identifiant = $1)`, one.identifiant()).Scan(&there); err != nil {
				return err
			}
			if there {
				continue
			}
			_, err := compte.Creer(ctx, tx, box, compte.Nouveau{
				Identifiant: one.identifiant(), Civilite: "Mme", Nom: "Castéran", Prenom: "Hélène", Empreinte: empreinte,
				Cle: one.cle(), CreeLe: now,
				Habilitations: []compte.Mandat{{Role: one.Role, Territoire: one.Territoire, Debut: now.AddDate(-1, 0, 0)}},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
