// Package document numbers the papers that a school or a mairie issues. The same paper asked for again, with the same
// contents, keeps its number and its date; a paper whose contents have changed is another one.
package document

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// Type is what the paper is.
type Type string

// The papers of this register.
const (
	CertificatScolarite      Type = "certificat_scolarite"
	CertificatRadiation      Type = "certificat_radiation"
	CertificatInscription    Type = "certificat_inscription"
	AttestationFrequentation Type = "attestation_frequentation"
)

// Label is the paper as it is called.
func (t Type) Label() string {
	return map[Type]string{
		CertificatScolarite: "Certificat de scolarité", CertificatRadiation: "Certificat de radiation",
		CertificatInscription: "Certificat d’inscription", AttestationFrequentation: "Attestation de fréquentation",
	}[t]
}

// Piece is a paper to be numbered: about whom, and its contents, whose digest tells whether it is new.
type Piece struct {
	Eleve   uuid.UUID
	Ecole   string // UAI of the school it is about, "" when none is
	Contenu string
}

// Numero is the number of a paper and the instant it was first issued.
type Numero struct {
	Emetteur string
	Annee    int
	Rang     int
	EditeLe  time.Time
}

// String is the number as printed: 0659001F-2026-0042.
func (n Numero) String() string { return fmt.Sprintf("%s-%d-%04d", n.Emetteur, n.Annee, n.Rang) }

// Emetteur is who issues: the school of a directeur, the commune of a mairie.
func Emetteur(agent habilitation.Agent) string {
	if agent.Role == habilitation.Mairie {
		return agent.Commune
	}
	return agent.Ecole
}

// numeroterSQL gives the papers that are new the numbers after the last one of the issuer and of the year.
const numeroterSQL = `
	with last as (select coalesce(max(numero), 0) as n from document where emetteur = $1 and annee = $2),
	piece as (
		select row_number() over (order by p.rang) as k, p.* from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bytea[])
			with ordinality as p (id, eleve_id, ecole_uai, empreinte, rang)
		where not exists (select from document d where d.emetteur = $1 and d.eleve_id = p.eleve_id
			and d.type = $7 and d.empreinte = p.empreinte))
	insert into document (id, emetteur, annee, numero, type, eleve_id, ecole_uai, empreinte, edite_le, compte_id)
	select id, $1, $2, last.n + k, $7, eleve_id, nullif(ecole_uai, ''), empreinte, $8, $9 from piece, last`

const lireSQL = `
	select d.annee, d.numero, d.edite_le
	from unnest($1::uuid[], $2::bytea[]) with ordinality as p (eleve_id, empreinte, rang)
	join document d on d.emetteur = $3 and d.eleve_id = p.eleve_id and d.type = $4 and d.empreinte = p.empreinte
	order by p.rang`

// Numeroter numbers papers of one type, in their order, and notes in the journal that each was issued.
func Numeroter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, typ Type, pieces []Piece) ([]Numero, error) {
	from := Emetteur(agent)
	// Two papers issued at once must not get the same number: each waits for its turn.
	tx.Queue(`select pg_advisory_xact_lock(hashtextextended('document ' || $1, 0))`, from)
	ids, eleves, ecoles, empreintes := columns(typ, pieces)
	annee := int(ecole.AnneeDe(agent.Aujourdhui()))
	if _, err := tx.Exec(ctx, numeroterSQL, from, annee, ids, eleves, ecoles, empreintes, typ, agent.Maintenant, agent.Compte); err != nil {
		return nil, fmt.Errorf("document: number: %w", err)
	}
	journal.RecordAll(tx, agent, journal.Editer, "eleve", eleves, ecoles)
	return lire(ctx, tx, from, typ, eleves, empreintes)
}

func columns(typ Type, pieces []Piece) (ids, eleves []uuid.UUID, ecoles []string, empreintes [][]byte) {
	for _, p := range pieces {
		ids, eleves = append(ids, uuid.New()), append(eleves, p.Eleve)
		ecoles, empreintes = append(ecoles, p.Ecole), append(empreintes, empreinte(typ, p))
	}
	return ids, eleves, ecoles, empreintes
}

func lire(ctx context.Context, tx territoire.Tx, from string, typ Type, eleves []uuid.UUID, empreintes [][]byte) ([]Numero, error) {
	type row struct {
		Annee   int
		Numero  int
		EditeLe time.Time
	}
	rows, err := territoire.Lignes[row](ctx, tx, lireSQL, eleves, empreintes, from, typ)
	if err != nil {
		return nil, fmt.Errorf("document: read the numbers: %w", err)
	}
	numeros := make([]Numero, len(rows))
	for i, r := range rows {
		numeros[i] = Numero{Emetteur: from, Annee: r.Annee, Rang: r.Numero, EditeLe: r.EditeLe}
	}
	return numeros, nil
}

// Emise is a paper that was issued already.
type Emise struct {
	EleveID   uuid.UUID
	Annee     int
	Numero    int
	EditeLe   time.Time
	Empreinte []byte
}

// EmisesSQL lists those of an issuer ($1), of one type ($2), about the pupils that a query designates; its parameters come
// from $3 on.
func EmisesSQL(eleves string) string {
	return `select eleve_id, annee, numero, edite_le, empreinte from document
		where emetteur = $1 and type = $2 and eleve_id = any (array(` + eleves + `))`
}

// Deja is the number of a paper that was issued with the same contents; the zero one when none was.
func Deja(agent habilitation.Agent, typ Type, p Piece, emises []Emise) Numero {
	sum := empreinte(typ, p)
	for _, e := range emises {
		if e.EleveID == p.Eleve && bytes.Equal(e.Empreinte, sum) {
			return Numero{Emetteur: Emetteur(agent), Annee: e.Annee, Rang: e.Numero, EditeLe: e.EditeLe}
		}
	}
	return Numero{}
}

func empreinte(typ Type, p Piece) []byte {
	sum := sha256.Sum256([]byte(string(typ) + "\n" + p.Contenu))
	return sum[:]
}
