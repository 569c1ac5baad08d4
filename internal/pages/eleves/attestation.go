package eleves

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// attestation is what a certificate says: the line of the register, which the school keeps after the file has left.
type attestation struct {
	EleveID        uuid.UUID
	NomFamille     string
	NomUsage       string
	Prenom         string
	Sexe           string
	DateNaissance  time.Time
	Annee          int
	Niveau         string
	Classe         string
	DateAdmission  time.Time
	DateRadiation  *time.Time
	MotifRadiation string
	Destination    string
	Decision       passage.Decision // of passage, once it is taken
	NiveauSuivant  string
}

// attestationsSQL reads the lines of the pupils who are designated, in the state that is certified ($1), in the school ($2).
func attestationsSQL(d designation) string {
	return `with choisis as materialized (select array(` + d.apres(2) + `) as ids)` + attestations
}

const attestations = `
	select s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance, s.annee, s.niveau,
		coalesce(k.libelle_court, '') as classe,
		(select min(p.date_admission) from scolarite p where p.eleve_id = s.eleve_id and p.ecole_uai = s.ecole_uai
			and p.date_admission is not null) as date_admission,
		s.date_radiation, s.motif_radiation, coalesce(d.nom, s.destination, '') as destination,
		coalesce(p.decision, '') as decision, coalesce(p.niveau_suivant, '') as niveau_suivant
	from scolarite s left join classe k on k.id = s.classe_id left join ecole d on d.uai = s.destination_uai
	left join passage p on p.scolarite_id = s.id and p.etat in ('decide', 'confirme')
	where s.eleve_id = any ((select ids from choisis)::uuid[])
		and (s.etat = $1 or $1 = 'radie' and s.date_radiation is not null or $1 = '' and s.date_admission is not null)
		and s.ecole_uai = $2
	order by array_position((select ids from choisis), s.eleve_id), s.annee desc, s.date_radiation desc`

// passage is what was decided for the next year, nothing before.
func (a attestation) passage() string {
	return passage.Choix{Decision: a.Decision, Niveau: ecole.Niveau(a.NiveauSuivant)}.Libelle()
}

// eleve is the subject of the sentence, which agrees with the pupil.
func (a attestation) eleve() string {
	if a.Sexe == string(eleve.Feminin) {
		return "l’élève désignée ci-dessous"
	}
	return "l’élève désigné ci-dessous"
}

// said is what the paper says, its dates in plain: the same words, the same number.
func (a attestation) said() []string {
	radiation := ""
	if a.DateRadiation != nil {
		radiation = date.Court(*a.DateRadiation)
	}
	return []string{
		a.NomFamille, a.NomUsage, a.Prenom, a.Sexe, date.Court(a.DateNaissance), ecole.Annee(a.Annee).Libelle(), a.Niveau,
		a.Classe, date.Court(a.DateAdmission), radiation, a.MotifRadiation, a.Destination, a.passage(),
	}
}

// uns keeps the latest line of each pupil.
func uns(rows []attestation) []attestation {
	return slices.CompactFunc(rows, func(a, b attestation) bool { return a.EleveID == b.EleveID })
}

// read reads the lines of the register. A pupil who is unknown here is not found; one who is in another state is refused,
// by name when there are several.
func (m modele) read(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d designation) ([]attestation, error) {
	rows, err := territoire.Lignes[attestation](ctx, tx, attestationsSQL(d), append([]any{m.etat, agent.Ecole}, d.args...)...)
	if err != nil {
		return nil, fmt.Errorf("eleves: read the register: %w", err)
	}
	list := uns(rows)
	switch {
	case len(list) < len(d.ids):
		return nil, m.missing(ctx, tx, d.ids, list)
	case len(list) == 0:
		return nil, refusal.NotFound()
	}
	return list, nil
}

func (m modele) missing(ctx context.Context, tx territoire.Tx, ids []uuid.UUID, found []attestation) error {
	var names []string
	for _, id := range ids {
		if slices.ContainsFunc(found, func(a attestation) bool { return a.EleveID == id }) {
			continue
		}
		n, err := territoire.Ligne[nomme](ctx, tx, `select distinct on (eleve_id) eleve_id as id, nom_famille, nom_usage, prenom
			from scolarite where eleve_id = $1 and ecole_uai = any (portee_ecoles())`, id)
		if err != nil {
			return err
		}
		names = append(names, n.nom())
	}
	return refusal.InConflict(m.refus + " Ce n’est pas le cas de\u00a0: " + strings.Join(names, ", ") + ".")
}
