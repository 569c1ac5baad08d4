// Package sixieme is the entry to the collège (domain.md §5.14): the season in which collèges fetch their pupils, the
// collège to which the IA assigns each of them, one by one or by a file, what the collège fetches and acknowledges, and
// the tokens by which its programs do so. Base: security.md §5, column COL and rule 4.
package sixieme

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Campagne is the rentrée in 6e that one prepares on a day: in September still that of the month, from October on that
// of the next year.
func Campagne(jour time.Time) ecole.Annee {
	if jour.Month() == time.September {
		return ecole.Annee(jour.Year())
	}
	return ecole.AnneeDe(jour) + 1
}

// Saison is when the collèges of a département fetch their pupils for a rentrée.
type Saison struct {
	Annee   ecole.Annee
	Version int // 0 while the IA has set no dates
	Debut   time.Time
	Fin     time.Time
}

// ParDefaut is the season where the IA has set none: from 1 June to 30 September.
func ParDefaut(annee ecole.Annee) Saison {
	return Saison{
		Annee: annee, Debut: time.Date(int(annee), time.June, 1, 0, 0, 0, 0, time.UTC),
		Fin: time.Date(int(annee), time.September, 30, 0, 0, 0, 0, time.UTC),
	}
}

// Ouverte tells whether the season is open on a day.
func (s Saison) Ouverte(jour time.Time) bool { return !jour.Before(s.Debut) && !jour.After(s.Fin) }

// Valider says why the dates cannot be.
func (s Saison) Valider() error {
	var l refusal.List
	switch {
	case s.Debut.IsZero() || s.Fin.IsZero():
	case s.Fin.Before(s.Debut):
		l.Add("fin", "La saison se termine après avoir commencé\u00a0: vérifiez les deux dates.")
	}
	if !s.Debut.IsZero() && s.Debut.Before((s.Annee - 1).Debut()) {
		l.Add("debut", "La saison commence au plus tôt le 1er septembre de l’année qui précède.")
	}
	if s.Fin.After(time.Date(int(s.Annee), time.December, 31, 0, 0, 0, 0, time.UTC)) {
		l.Add("fin", "La saison se termine au plus tard le 31 décembre de la rentrée.")
	}
	return l.Err()
}

// QueueSaison reads the season of a rentrée in the agent's département; dst keeps the default where there is none.
func QueueSaison(l *territoire.Lecture, annee ecole.Annee, dst *Saison) {
	*dst = ParDefaut(annee)
	territoire.Une(l, dst, `select $1::int as annee, coalesce(c.version, 0) as version, coalesce(c.debut, $2::date) as debut,
		coalesce(c.fin, $3::date) as fin from (select) u left join campagne_6e c on c.annee = $1`, int(annee), dst.Debut, dst.Fin)
}

// Regler sets the season of the agent's département.
func Regler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, s Saison) error {
	if err := s.Valider(); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, `insert into campagne_6e as c (departement_code, annee, debut, fin) values (portee_dsden(), $1, $2, $3)
		on conflict (departement_code, annee) do update set debut = excluded.debut, fin = excluded.fin, version = c.version + 1
		where c.version = $4`, int(s.Annee), s.Debut, s.Fin, s.Version)
	if err != nil {
		return fmt.Errorf("sixieme: set the season: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.Outdated()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.ReglerSixieme, Objet: "campagne_6e"})
	return nil
}
