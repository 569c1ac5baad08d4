package eleves

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// designation is whose certificates are asked for: a query for their ids, in their order, with its parameters as {1}, {2}…
type designation struct {
	sql  string
	args []any
	ids  []uuid.UUID // of those named one by one
}

// apres is the query after n parameters of another one.
func (d designation) apres(n int) string {
	sql := d.sql
	for i := range d.args {
		sql = strings.ReplaceAll(sql, fmt.Sprintf("{%d}", i+1), fmt.Sprintf("$%d", n+i+1))
	}
	return sql
}

// designant reads it in a request.
type designant func(*http.Request, habilitation.Agent) (designation, error)

// toute is the choice of the whole school.
const toute = "toute"

// un designates pupils one by one.
func un(ids ...uuid.UUID) designation {
	return designation{sql: `select unnest({1}::uuid[])`, args: []any{ids}, ids: ids}
}

// classeSQL are the pupils of a class, or of the whole school, in the order of their lists.
const classeSQL = `
	select s.eleve_id from scolarite s left join classe k on k.id = s.classe_id
	where s.ecole_uai = {1} and s.annee = {2} and s.etat = 'admis_definitif' and ({3}::uuid is null or s.classe_id = {3})
	order by k.libelle_court nulls last, s.cle_nom, s.id`

// partantsSQL are those who left by one act.
const partantsSQL = `
	select s.eleve_id from depart_ligne l join scolarite s on s.id = l.scolarite_id
	where l.depart_id = {1} and s.date_radiation is not null order by s.cle_nom, s.id`

// fratriePresenteSQL are the pupil and those of the school who have a responsable in common with him, the eldest first.
const fratriePresenteSQL = `
	select e.id from eleve e join scolarite s on s.eleve_id = e.id and s.etat = 'admis_definitif' and s.ecole_uai = {2}
	where e.id = {1} or e.id in (select autre.eleve_id from lien_responsable moi
		join lien_responsable autre on autre.responsable_id = moi.responsable_id where moi.eleve_id = {1})
	group by e.id order by e.date_naissance, e.id`

// designer reads what an address asks for: a class, a departure, or pupils one by one. Nobody at first.
func designer(r *http.Request, agent habilitation.Agent) (designation, error) {
	q := r.URL.Query()
	if id, err := uuid.Parse(q.Get("depart")); err == nil {
		return designation{sql: partantsSQL, args: []any{id}}, nil
	}
	annee := int(ecole.AnneeDe(agent.Aujourdhui()))
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		return designation{sql: classeSQL, args: []any{agent.Ecole, annee, &id}}, nil
	}
	if q.Get("classe") == toute {
		return designation{sql: classeSQL, args: []any{agent.Ecole, annee, (*uuid.UUID)(nil)}}, nil
	}
	ids := []uuid.UUID{}
	for _, v := range q["id"] {
		if id, err := uuid.Parse(v); err == nil {
			ids = append(ids, id)
		}
	}
	return un(ids...), nil
}

// cochees reads the lines that are ticked in a list.
func cochees(r *http.Request, agent habilitation.Agent) (designation, error) {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return designation{}, err
	}
	ids := f.UUIDs("id", "Choisissez au moins un élève dans la liste.")
	return un(ids...), f.Err()
}

// fratrie designates a pupil and his brothers and sisters in the school of the agent.
func fratrie(r *http.Request, agent habilitation.Agent) (designation, error) {
	id, err := httpx.ID(r, "id")
	return designation{sql: fratriePresenteSQL, args: []any{id, agent.Ecole}}, err
}
