package modele

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/restructuration"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// ecoles65 are the schools of the world that an IA may merge, split and close.
var ecoles65 = []string{fixture.Ecole, fixture.Meme, fixture.Voisine}

// tirerRestructuration draws what an IA decides of its schools, from today or at a rentrée.
func (x *essai) tirerRestructuration(t *rapid.T) restructuration.Demande {
	n := rapid.IntRange(0, 2).Draw(t, "école")
	first, second := ecoles65[n], ecoles65[(n+1+rapid.IntRange(0, 1).Draw(t, "autre école"))%3]
	d := restructuration.Demande{Le: rapid.SampledFrom([]time.Time{x.jour, debut(anneeDe(x.jour)), debut(anneeDe(x.jour) + 1)}).Draw(t, "date d’effet")}
	switch rapid.IntRange(0, 4).Draw(t, "genre") {
	case 0:
		d.Genre, d.Ecoles = restructuration.Fermeture, []string{first}
	case 1:
		d.Genre, d.Ecoles, d.Cible = restructuration.Scission, []string{first}, second
		d.Niveaux = rapid.SampledFrom([][]ecole.Niveau{{ecole.CP, ecole.CE1}, {ecole.CE2, ecole.CM1, ecole.CM2}}).Draw(t, "niveaux")
	default:
		d.Genre, d.Ecoles, d.Cible = restructuration.Fusion, []string{first, second}, first
	}
	if d.Cible != "" && rapid.Bool().Draw(t, "nouvelle école") {
		d.Cible, d.Nouvelle = "", &restructuration.Nouvelle{UAI: "0650119B", Nom: "École primaire des Pyrénées", Secteur: ecole.Public, CommuneInsee: fixture.Tarbes, Commune: "Tarbes"}
	}
	return d
}

// restructurer does what the IA decides on the state reached, holds it to the law of what may change, and undoes it: the
// base then says again what the model says.
func (x *essai) restructurer(t *rapid.T, nom string) {
	d, before := x.tirerRestructuration(t), x.presences()
	var id uuid.UUID
	done := x.tenter(t, nom, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if id, err = restructuration.Annoncer(ctx, tx, a, d); err == nil {
			_, err = restructuration.Executer(ctx, tx, a, id, 0)
		}
		return err
	})
	if !done {
		return
	}
	if said := x.verifierChangement(d, before); said != "" {
		x.rompre(t, "%s de %v le %s: %s", d.Genre, d.Ecoles, jour(d.Le), said)
	}
	kept := 0
	if !x.tenter(t, nom, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		kept, err = restructuration.Annuler(ctx, tx, a, id, 0)
		return err
	}) || kept > 0 {
		x.rompre(t, "%s de %v le %s, aussitôt annulée: %d élèves gardés", d.Genre, d.Ecoles, jour(d.Le), kept)
	}
	for _, s := range x.scolarites() { // they have moved there and back
		s.touchee = s.touchee || slices.Contains(d.Ecoles, s.ecole) && s.annee >= anneeDe(d.Le) && s.ouverte()
	}
}

// tenter has the IA do an act of which the model does not say whether it is refused.
func (x *essai) tenter(t *rapid.T, nom string, act acte) bool {
	x.Heure = x.jour.Add(10 * time.Hour)
	a := x.Agent("ia")
	err := x.DB.Ecrire(context.Background(), a.Portee(), func(tx territoire.Tx) error { return act(context.Background(), tx, a) })
	t.Logf("le %s, %s: %v", jour(x.jour), nom, err)
	switch {
	case err == nil:
		x.faits[nom]++
	case len(refusal.All(err)) == 0:
		x.rompre(t, "%s: %v", nom, err)
	default:
		x.refuses[nom]++
	}
	return err == nil
}

// presences is each year in which each child is, or is expected, and the school; a departure takes effect on its day.
func (x *essai) presences() map[string]string {
	rows, err := x.Tx.Query(context.Background(), `
		select concat_ws(' ', e.prenom, s.annee, s.niveau, case s.etat when 'admis_definitif' then 'présent' else 'attendu' end), min(s.ecole_uai), count(*)
		from scolarite s join eleve e on e.id = s.eleve_id where s.etat in ('admissible', 'admis_accepte', 'admis_definitif')
			and not (s.etat = 'admis_definitif' and coalesce(s.date_radiation <= $1, false)) group by 1`, x.jour)
	if err != nil {
		return map[string]string{"": err.Error()}
	}
	list := map[string]string{}
	var key, uai string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&key, &uai, &n}, func() error {
		list[fmt.Sprintf("%s ×%d", key, n)] = uai
		return nil
	})
	if err != nil {
		list[""] = err.Error()
	}
	return list
}

// verifierChangement tells what a restructuration has broken: an invariant, a child lost, doubled, or left in a school
// that has closed, or the line of a child of another school. Who is decided may be expected where nobody expected him.
func (x *essai) verifierChangement(d restructuration.Demande, before map[string]string) string {
	if said := x.tenirInvariants(); said != "" {
		return said
	}
	after := x.presences()
	for key, uai := range before {
		if _, ok := after[key]; !ok {
			return "perdu: " + key
		}
		if after[key] != uai && !slices.Contains(d.Ecoles, uai) {
			return "déplacé d’une autre école: " + key
		}
	}
	for key, uai := range after {
		if _, ok := before[key]; !ok && !x.decidePour(key, anneeDe(d.Le)) {
			return "apparu: " + key
		}
		annee := strings.Fields(key)[1]
		if d.Genre == restructuration.Fusion && slices.Contains(d.Ecoles, uai) && uai != d.Cible && annee >= fmt.Sprint(anneeDe(d.Le)) {
			return "resté dans une école fermée: " + key
		}
	}
	return ""
}

// decidePour tells whether what has appeared is the next year of a child for whom it is decided.
func (x *essai) decidePour(key string, annee int) bool {
	return slices.ContainsFunc(x.scolarites(), func(s *scolaire) bool {
		p := s.passage
		return p != nil && s.annee == annee-1 && (p.etat == "decide" || p.etat == "confirme") &&
			key == fmt.Sprintf("%s %d %s attendu ×1", s.de.prenom, annee, p.niveau)
	})
}
