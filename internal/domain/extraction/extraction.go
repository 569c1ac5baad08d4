package extraction

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Demande is an extraction as one asks for it.
type Demande struct {
	Groupes   []string
	Perimetre Perimetre
	Le        time.Time
	Motif     string
	Format    string // csv, xlsx
}

// Ecole is a school of the perimeter, and how many pupils of it leave.
type Ecole struct {
	Uai     string
	Nom     string
	Commune string
	Nombre  int
}

// Formats are those of a file that is worked upon.
var Formats = []string{"csv", "xlsx"}

func (d Demande) prend(groupe string) bool { return slices.Contains(d.Groupes, groupe) }

// Verifier refuses what the agent may not take, over these schools.
func (d Demande) Verifier(agent habilitation.Agent, ecoles []Ecole) error {
	var refused refusal.List
	for _, code := range d.Groupes {
		if !slices.ContainsFunc(Groupes(agent.Role), func(g Groupe) bool { return g.Code == code }) {
			refused.Add("groupes", "Votre rôle ne peut pas emporter ces données.")
		}
	}
	if len(d.Groupes) == 0 {
		refused.Add("groupes", "Cochez au moins un groupe de données.")
	}
	if len(ecoles) == 0 {
		refused.Add("perimetre", "Choisissez un périmètre de votre territoire qui a une école.")
	}
	if d.Motif != "" && !inscription.Connu(Motifs, d.Motif) {
		refused.Add("motif", "Choisissez un motif de la liste.")
	}
	if d.Motif == "" && (d.prend(Numero) || len(ecoles) > 1) {
		refused.Add("motif", "Dites pourquoi\u00a0: l’INE, ou les élèves de plusieurs écoles, ne sortent pas sans motif.")
	}
	if d.prend(Numero) && len(ecoles) > 1 {
		refused.Add("perimetre", "L’INE ne sort que pour une école à la fois.")
	}
	if !slices.Contains(Formats, d.Format) {
		refused.Add("format", "Choisissez un format de la liste.")
	}
	return refused.Err()
}

// definition is the list of the pupils of a school, with the columns of the groups.
func (d Demande) definition(agent habilitation.Agent, uai string) liste.Definition {
	def := liste.Definition{Grain: liste.Eleves, Filtres: map[string][]string{"ecole": {uai}}}
	if !d.Le.Equal(agent.Aujourdhui()) {
		def.Au = d.Le.Format(time.DateOnly)
	}
	for _, c := range d.colonnes(agent.Role) {
		def.Colonnes = append(def.Colonnes, liste.Choix{Code: c.Code})
	}
	return def
}

// Effectif is how many pupils of a school leave.
type Effectif struct {
	Uai    string
	Nombre int
}

// QueueEffectifs counts them, in the schools of the perimeter.
func (d Demande) QueueEffectifs(l *territoire.Lecture, agent habilitation.Agent, dst *[]Effectif) {
	condition, code := d.Perimetre.Condition()
	sql, args := d.definition(agent, "").RequeteEffectif(agent, condition, code)
	territoire.Toutes(l, dst, sql, args...)
}

// Pleines are the schools that have pupils to give, each with how many.
func Pleines(ecoles []Ecole, effectifs []Effectif) (full []Ecole) {
	numbers := map[string]int{}
	for _, e := range effectifs {
		numbers[e.Uai] = e.Nombre
	}
	for _, e := range ecoles {
		if e.Nombre = numbers[e.Uai]; e.Nombre > 0 {
			full = append(full, e)
		}
	}
	return full
}

// Total is how many pupils these schools have.
func Total(ecoles []Ecole) (n int) {
	for _, e := range ecoles {
		n += e.Nombre
	}
	return n
}

// Sortie is where the rows of an extraction go, one by one, and who is told after each school how many pupils are done.
type Sortie interface {
	Ecrire(row []any) error
	Avancer(eleves int) error
}

// Ecrire writes the pupils of the schools, school by school so that no more than one is held, and notes in the journal who
// takes which groups, over which perimeter, of which day, why, and how many lines: one line for the whole, one that each
// school reads in its own journal, and one for each pupil.
func (d Demande) Ecrire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, ecoles []Ecole, out Sortie) (lines int, err error) {
	for _, e := range ecoles {
		n, err := d.ecrireEcole(ctx, tx, agent, e, out)
		if err != nil {
			return lines, fmt.Errorf("extraction: school %s: %w", e.Uai, err)
		}
		if lines += n; len(ecoles) > 1 {
			d.noter(tx, agent, e.Uai, n)
		}
		if err := out.Avancer(lines); err != nil {
			return lines, err
		}
	}
	whole := ""
	if len(ecoles) == 1 {
		whole = ecoles[0].Uai
	}
	d.noter(tx, agent, whole, lines)
	return lines, nil
}

func (d Demande) noter(tx territoire.Tx, agent habilitation.Agent, uai string, lines int) {
	said := []string{strings.Join(d.Groupes, "+"), string(d.Perimetre.texte(agent)), d.Le.Format(time.DateOnly), d.Format, strconv.Itoa(lines)}
	if d.Motif != "" {
		said = append(said, d.Motif)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Extraire, Objet: "extraction", Ecole: uai, Motif: strings.Join(said, " ")})
}

func (d Demande) ecrireEcole(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, e Ecole, out Sortie) (int, error) {
	sql, args := d.definition(agent, e.Uai).Requete(agent, liste.Page{})
	pupils, err := territoire.Lignes[liste.Ligne](ctx, tx, sql, args...)
	if err != nil {
		return 0, err
	}
	numbers, err := d.numeros(ctx, tx, e.Uai)
	if err != nil {
		return 0, err
	}
	columns := d.colonnes(agent.Role)
	for _, p := range pupils {
		row := []any{e.Uai, e.Nom, e.Commune}
		for i, cell := range p.Cellules {
			row = append(row, columns[i].Typer(columns[i].Lire(cell)))
		}
		if d.prend(Numero) {
			row = append(row, numbers[p.ID])
		}
		if err := out.Ecrire(row); err != nil {
			return 0, err
		}
	}
	emporter(tx, agent, e, pupils)
	return len(pupils), reveler(tx, agent, e, pupils, numbers)
}

// emporter notes each pupil who leaves.
func emporter(tx territoire.Tx, agent habilitation.Agent, e Ecole, pupils []liste.Ligne) {
	ids := make([]uuid.UUID, 0, len(pupils))
	for _, p := range pupils {
		ids = append(ids, p.Eleves...)
	}
	journal.RecordAll(tx, agent, journal.Extraire, "eleve", ids, slices.Repeat([]string{e.Uai}, len(ids)))
}

// reveler notes in the journal each pupil whose number leaves, as when it is shown in his file.
func reveler(tx territoire.Tx, agent habilitation.Agent, e Ecole, pupils []liste.Ligne, numbers map[string]string) error {
	var ids []uuid.UUID
	for _, p := range pupils {
		if numbers[p.ID] == "" {
			continue
		}
		id, err := uuid.Parse(p.ID)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if len(ids) > 0 {
		journal.RecordAll(tx, agent, journal.Reveler, "eleve", ids, slices.Repeat([]string{e.Uai}, len(ids)))
	}
	return nil
}

// numeros are the INE of the school's pupils, when they are taken.
func (d Demande) numeros(ctx context.Context, tx territoire.Tx, uai string) (map[string]string, error) {
	if !d.prend(Numero) {
		return nil, nil
	}
	list, err := territoire.Lignes[struct{ Eleve, Ine string }](ctx, tx,
		`select eleve_id::text as eleve, ine from immatriculation where ecole_uai = $1 and ine is not null`, uai)
	numbers := make(map[string]string, len(list))
	for _, n := range list {
		numbers[n.Eleve] = n.Ine
	}
	return numbers, err
}
