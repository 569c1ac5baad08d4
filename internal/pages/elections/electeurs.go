package elections

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// electeur is a voter of a list fixed, or one whom the register would put on it. Nothing here is about a child.
type electeur struct {
	ID            uuid.UUID // uuid.Nil before the list is fixed
	ResponsableID uuid.UUID
	Numero        int
	election.Personne
	Tiers     bool
	Personnel bool
	AjouteLe  *time.Time
	RetireLe  *time.Time
	homonyme  bool
}

const electeursSQL = `
	select id, responsable_id, numero, civilite, nom_famille, nom_usage, prenom, organisme, tiers, personnel, ajoute_le, retire_le
	from electeur where election_id = $1 order by cle_nom, numero`

// eligible tells who may be a candidate: a person, who is not of the staff of the school.
func (e electeur) eligible() bool { return e.Organisme == "" && !e.Personnel && e.RetireLe == nil }

// mention is what the list says beside the name.
func (e electeur) mention() string {
	var said []string
	if e.Tiers {
		said = append(said, "Tiers exerçant l’autorité parentale")
	}
	if e.Personnel {
		said = append(said, "Personnel de l’école")
	}
	if e.AjouteLe != nil {
		said = append(said, "Ajouté le "+date.Court(*e.AjouteLe))
	}
	if e.RetireLe != nil {
		said = append(said, "Retiré le "+date.Court(*e.RetireLe))
	}
	if e.homonyme {
		said = append(said, "Homonyme\u00a0: vérifiez les dossiers")
	}
	return strings.Join(said, ". ")
}

// registre is a list as it is read: the one fixed, or what the register says today.
type registre struct {
	fiche     fiche
	electeurs []electeur
}

// readListe reads an election and its voters. The list that is not fixed yet is that of the day.
func (p Pages) readListe(ctx context.Context, agent habilitation.Agent, id uuid.UUID, besides func(*territoire.Lecture)) (registre, error) {
	var liens []election.Lien
	v, err := p.readArretee(ctx, agent, id, func(l *territoire.Lecture) {
		territoire.Toutes(l, &liens, election.LiensSQL, id, agent.Aujourdhui())
		besides(l)
	})
	if err == nil && !v.fiche.arretee() {
		v.electeurs = prevus(election.Electeurs(liens))
		v.reperer()
	}
	return v, err
}

// readArretee reads an election and the voters of its list, none before it is fixed.
func (p Pages) readArretee(ctx context.Context, agent habilitation.Agent, id uuid.UUID, besides func(*territoire.Lecture)) (v registre, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.fiche, ficheSQL, id)
		territoire.Toutes(l, &v.electeurs, electeursSQL, id)
		besides(l)
	})
	v.reperer()
	return v, err
}

// reperer marks those who bear the names of another voter.
func (v registre) reperer() {
	nombre := map[string]int{}
	cle := func(e electeur) string { return strings.ToLower(e.Complet() + "\n" + e.Naissance()) }
	for _, e := range v.inscrits() {
		nombre[cle(e)]++
	}
	for i, e := range v.electeurs {
		v.electeurs[i].homonyme = e.RetireLe == nil && nombre[cle(e)] > 1
	}
}

// prevus are the voters that the register gives, numbered as they would be.
func prevus(list []election.Electeur) []electeur {
	all := make([]electeur, len(list))
	for i, e := range list {
		all[i] = electeur{
			ResponsableID: e.Responsable, Numero: i + 1, Personne: e.Personne, Tiers: e.Tiers,
		}
	}
	return all
}

// inscrits are those who vote.
func (v registre) inscrits() []electeur {
	var list []electeur
	for _, e := range v.electeurs {
		if e.RetireLe == nil {
			list = append(list, e)
		}
	}
	return list
}

// compte is how many answer to a question.
func (v registre) compte(which func(electeur) bool) (n int) {
	for _, e := range v.inscrits() {
		if which(e) {
			n++
		}
	}
	return n
}
