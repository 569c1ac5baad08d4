package journal

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Maillon is a link as the base keeps it, with its line: nil once that is gone.
type Maillon struct {
	Rang      int64
	Empreinte []byte
	Fait      *Fait
}

// Verification follows the chain from its first link to its last, then holds it against the anchors.
type Verification struct {
	Lignes int64 // read so far
	Ancres int   // signed by this installation
	Fautes []string

	ancres map[int64][]Ancre
	debut  int64 // the link that was signed as the end of what is no longer kept
	rang   int64
	tete   Empreinte
}

// maxFautes is how many faults are told: the first ones say where to look.
const maxFautes = 50

func (v *Verification) faute(format string, args ...any) {
	if len(v.Fautes) < maxFautes {
		v.Fautes = append(v.Fautes, fmt.Sprintf(format, args...))
	}
}

// NewVerification begins with what was signed: in the base and out of it.
func NewVerification(cle ed25519.PublicKey, ancres ...Ancre) *Verification {
	v := &Verification{ancres: map[int64][]Ancre{}}
	for _, a := range ancres {
		if !a.Signee(cle) {
			v.faute("l’ancre du rang %d, du %s, n’est pas signée par cette installation", a.Rang, a.Le.Format("02/01/2006 15:04"))
			continue
		}
		v.ancres[a.Rang] = append(v.ancres[a.Rang], a)
		v.Ancres++
		if a.Cloture && a.Rang > v.debut {
			v.debut = a.Rang
			copy(v.tete[:], a.Empreinte)
		}
	}
	v.rang = v.debut
	v.tenir(v.debut, v.tete[:])
	return v
}

// tenir holds a link against what was signed of it.
func (v *Verification) tenir(rang int64, empreinte []byte) {
	for _, a := range v.ancres[rang] {
		if !bytes.Equal(a.Empreinte, empreinte) {
			v.faute("au rang %d, la chaîne n’est plus celle qui a été signée le %s", rang, a.Le.Format("02/01/2006 15:04"))
		}
	}
}

// Suivre reads the next link.
func (v *Verification) Suivre(m Maillon) {
	v.Lignes++
	if m.Rang != v.rang+1 {
		v.faute("après le rang %d vient le rang %d", v.rang, m.Rang)
	}
	v.rang = m.Rang
	switch {
	case m.Fait == nil:
		v.faute("la ligne du rang %d a disparu", m.Rang)
	case !bytes.Equal(m.Empreinte, lier(m.Fait, v.tete)):
		v.faute("la ligne %d, au rang %d, ou celle d’avant a changé", m.Fait.ID, m.Rang)
	}
	copy(v.tete[:], m.Empreinte) // what follows is judged by itself
	v.tenir(m.Rang, m.Empreinte)
}

func lier(f *Fait, precedent Empreinte) []byte {
	e := f.apres(precedent)
	return e[:]
}

// HorsChaine tells of lines that no link holds although later ones have theirs.
func (v *Verification) HorsChaine(lignes []int64) {
	for _, id := range lignes {
		v.faute("la ligne %d n’est pas dans la chaîne", id)
	}
}

// Finir ends the verification: nothing that was signed may be missing from the end.
func (v *Verification) Finir() error {
	for rang, signed := range v.ancres {
		if rang > v.rang {
			v.faute("la chaîne s’arrête au rang %d\u00a0: le rang %d a été signé le %s", v.rang, rang, signed[0].Le.Format("02/01/2006 15:04"))
		}
	}
	if len(v.Fautes) > 0 {
		return fmt.Errorf("journal\u00a0: %d défauts, dont\u00a0: %s", len(v.Fautes), v.Fautes[0])
	}
	return nil
}

// Base is where a verification reads: the owner's connection.
type Base interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

const maillonsSQL = `
	select m.rang, m.empreinte, j.id is not null, coalesce(j.id, 0), coalesce(j.le, 'epoch'),
		coalesce(j.compte_id, m.vide), coalesce(j.habilitation_id, m.vide), coalesce(j.role, ''), coalesce(j.acte, ''), coalesce(j.objet, ''),
		j.objet_id, j.ecole_uai, j.motif, j.adresse, j.requete
	from (select *, '00000000-0000-0000-0000-000000000000'::uuid as vide from journal_maillon) m left join journal j on j.id = m.ligne_id
	where m.rang > $1 order by m.rang`

// horsChaineSQL finds what no link holds: a line added later under an old id, by somebody who can write where no agent
// can. The last ones wait for their turn.
const horsChaineSQL = `
	select j.id from journal j
	where j.id <= coalesce((select max(jusqu_a) from journal_ancre where pose_le < now() - interval '10 minutes'), 0)
		and not exists (select from journal_maillon m where m.ligne_id = j.id)
	order by j.id limit 50`

// Verifier reads the whole chain and holds it against the anchors of the base and of the file. The error says that
// something is not as it was; the verification, what.
func Verifier(ctx context.Context, db Base, cle ed25519.PublicKey, fichier string) (*Verification, error) {
	copied, err := lireAncres(fichier)
	if err != nil {
		return nil, fmt.Errorf("journal: read the anchors copied: %w", err)
	}
	kept, err := collect(ctx, db, pgx.RowToStructByName[Ancre], ancresSQL, 0, 0)
	if err != nil {
		return nil, err
	}
	v := NewVerification(cle, append(kept, copied...)...)
	if err := v.parcourir(ctx, db); err != nil {
		return nil, fmt.Errorf("journal: read the chain: %w", err)
	}
	outside, err := collect(ctx, db, pgx.RowTo[int64], horsChaineSQL)
	if err != nil {
		return nil, err
	}
	v.HorsChaine(outside)
	return v, v.Finir()
}

// parcourir follows the chain line by line: a journal of millions is never held in memory.
func (v *Verification) parcourir(ctx context.Context, db Base) error {
	rows, err := db.Query(ctx, maillonsSQL, v.debut)
	if err != nil {
		return err
	}
	var m Maillon
	var f Fait
	var here bool
	_, err = pgx.ForEachRow(rows, []any{
		&m.Rang, &m.Empreinte, &here, &f.ID, &f.Le, &f.CompteID, &f.HabilitationID, &f.Role, &f.Acte, &f.Objet,
		&f.ObjetID, &f.EcoleUAI, &f.Motif, &f.Adresse, &f.Requete,
	}, func() error {
		m.Fait = nil
		if here {
			m.Fait = &f
		}
		v.Suivre(m)
		return nil
	})
	return err
}

func collect[T any](ctx context.Context, db Base, row pgx.RowToFunc[T], sql string, args ...any) ([]T, error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	return pgx.CollectRows(rows, row)
}
