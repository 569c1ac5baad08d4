package modele

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// deplaces are the lines that a restructuration in force has moved: what was done to them before was done in another school.
const deplaces = `(select scolarite_id from restructuration_eleve x join restructuration r on r.id = x.restructuration_id
	where r.annulee_le is null and scolarite_id is not null)`

// invariant is what no step may break, whoever does it: a query that finds nothing.
type invariant struct{ nom, sql string }

var invariants = []invariant{
	{"une admission définitive à la fois", `
		select a.id from scolarite a join scolarite b on b.eleve_id = a.eleve_id and b.id <> a.id
		where a.date_admission is not null and b.date_admission is not null
			and daterange(a.date_admission, least(coalesce(a.date_radiation, a.fin_annee + 1), a.fin_annee + 1))
				&& daterange(b.date_admission, least(coalesce(b.date_radiation, b.fin_annee + 1), b.fin_annee + 1))`},
	{"les dates se suivent", `
		select s.id from scolarite s left join inscription i on i.id = s.inscription_id
		where s.etat <> 'annulee' and (s.date_effet < i.date_inscription or i.date_inscription < i.date_demande
			or s.date_admission < s.date_effet or s.date_radiation < s.date_admission)`},
	{"les dates sont de l’année", `
		select s.id from scolarite s join annee_scolaire a on a.code = s.annee
		where not daterange(a.debut, a.fin, '[]') @> s.date_effet or not daterange(a.debut, a.fin, '[]') @> s.date_admission or s.fin_annee <> a.fin`},
	{"la classe est de l’école, de l’année et du niveau", `
		select s.id from scolarite s join classe c on c.id = s.classe_id
		where c.ecole_uai <> s.ecole_uai or c.annee <> s.annee
			or not exists (select from classe_niveau n where n.classe_id = c.id and n.niveau = s.niveau)`},
	{"la période ouverte est celle de la classe", `
		select s.id from scolarite s left join affectation a on a.scolarite_id = s.id and a.fin is null
		where case when s.etat in ('admis_accepte', 'admis_definitif') then s.classe_id end is distinct from a.classe_id`},
	{"l’inscription suivie d’une admission le dit", `
		select i.id from inscription i
		where (i.etat = 'transformee') <> exists (
			select from scolarite s where s.inscription_id = i.id and (s.etat <> 'annulee' or s.motif_annulation = 'depart'))`},
	{"l’école de la scolarité est celle de l’inscription", `
		select s.id from scolarite s join inscription i on i.id = s.inscription_id
		where (i.ecole_uai, i.annee, i.eleve_id) is distinct from (s.ecole_uai, s.annee, s.eleve_id) and s.etat <> 'annulee'`},
	{"un passage est de sa scolarité, et sa suite de l’année d’après", `
		select p.scolarite_id from passage p join scolarite s on s.id = p.scolarite_id left join scolarite n on n.id = p.suite_id
		where (p.ecole_uai, p.annee) <> (s.ecole_uai, s.annee) or n.annee <> s.annee + 1 or n.eleve_id <> s.eleve_id`},
	{"une libération est d’un élève, d’une école à une autre", `
		select l.id from liberation l join scolarite s on s.id = l.scolarite_id join inscription i on i.id = l.inscription_id
		where s.eleve_id <> l.eleve_id or i.eleve_id <> l.eleve_id
			or s.ecole_uai <> l.ecole_uai and (l.etat in ('ouverte', 'refusee') or s.id not in ` + deplaces + `) or l.demandeur_uai = l.ecole_uai or l.depart > l.demandee_le
			or l.etat in ('accordee', 'liberee') and l.repondue_le is null`},
	{"un transfert accepté est attendu dans l’école qui reçoit", `
		select l.scolarite_id from transfert t join transfert_eleve l on l.transfert_id = t.id join scolarite s on s.id = l.scolarite_id
		left join scolarite n on n.id = l.suite_id left join inscription i on i.id = l.inscription_id
		where (l.ecole_uai, l.vers_uai, s.annee) is distinct from (t.ecole_uai, t.vers_uai, t.annee)
			or s.ecole_uai <> t.ecole_uai and s.id not in ` + deplaces + ` or l.etat = 'accepte'
			and ((n.ecole_uai, n.annee, n.eleve_id) is distinct from (t.vers_uai, t.annee + 1, s.eleve_id) or i.eleve_id is distinct from s.eleve_id)
			and s.id not in ` + deplaces + ` and coalesce(n.id, s.id) not in ` + deplaces},
	{"un départ de plusieurs est de leur école", `
		select l.scolarite_id from depart d join depart_ligne l on l.depart_id = d.id join scolarite s on s.id = l.scolarite_id
		where s.ecole_uai <> d.ecole_uai and s.id not in ` + deplaces + ` or l.ecole_uai <> d.ecole_uai or l.conservee and d.annulee_le is null`},
	{"une répartition place dans les classes de son école et de son année", `
		select p.eleve_id from scenario_place p join scenario c on c.id = p.scenario_id join classe k on k.id = p.classe_id
		where (k.ecole_uai, k.annee, p.ecole_uai) is distinct from (c.ecole_uai, c.annee, c.ecole_uai)`},
	{"une publication déplace des élèves que son scénario place", `
		select l.eleve_id from mouvement m join mouvement_ligne l on l.mouvement_id = m.id
		left join scenario_place p on p.scenario_id = m.source_id and p.eleve_id = l.eleve_id
		where m.genre = 'publication' and (p.classe_id is distinct from l.apres or l.avant = l.apres or l.garde and m.annule_le is null)`},
	{"un élève a un seul collège à une rentrée", `
		select eleve_id from affectation_6e where etat in ('affecte', 'recu') group by eleve_id, annee having count(*) > 1`},
	{"qui change de collège en a un autre du même acte", `
		select a.id from affectation_6e a where a.etat = 'remplace' and not exists (
			select from affectation_6e b where b.eleve_id = a.eleve_id and b.annee = a.annee and b.id <> a.id and b.lot_id = a.remplace_lot)`},
	{"qui a été admis a un INE, ou l’attend", `
		select s.id from scolarite s where s.date_admission is not null
			and not exists (select from immatriculation i where i.eleve_id = s.eleve_id)`},
	{"un enfant instruit ailleurs l’est d’une façon à la fois, dans le département de son école", `
		select r.id from rattachement r left join ecole e on e.uai = r.ecole_uai where e.departement_code <> r.departement_code or exists (
			select from rattachement o where o.eleve_id = r.eleve_id and o.id <> r.id and daterange(o.debut, o.fin, '[]') && daterange(r.debut, r.fin, '[]'))`},
	{"personne ne disparaît", `
		select e.id from eleve e where e.etat = 'actif' and not exists (select from inscription i where i.eleve_id = e.id)
			and not exists (select from scolarite s where s.eleve_id = e.id)`},
	{"un dossier est dans une école où l’enfant est connu", `
		select e.id from eleve e where e.ecole_uai is not null
			and not exists (select from inscription i where i.eleve_id = e.id and i.ecole_uai = e.ecole_uai)
			and not exists (select from scolarite s where s.eleve_id = e.id and s.ecole_uai = e.ecole_uai)`},
}

// lignesSQL writes what the base says as enfant.lignes does. A departure takes effect on its day, $1, although nobody has
// worked in the school since.
const lignesSQL = `
	select concat_ws(' ', prenom, 'dossier', coalesce(ecole_uai, ''), tenu_par) from eleve
	union all
	select concat_ws(' ', e.prenom, 'inscription', annee, commune_insee, coalesce(i.ecole_uai, ''), i.etat, coalesce(date_inscription::text, ''))
	from inscription i join eleve e on e.id = i.eleve_id
	union all
	select concat_ws(' ', e.prenom, 'scolarite', annee, s.ecole_uai,
		case when s.etat = 'admis_definitif' and date_radiation <= $1 then 'radie' else s.etat end, coalesce(niveau, ''), coalesce(classe_id::text, ''),
		coalesce(date_effet::text, ''), coalesce(date_admission::text, ''), coalesce(date_radiation::text, ''))
	from scolarite s join eleve e on e.id = s.eleve_id
	union all
	select concat_ws(' ', e.prenom, 'passage', p.annee, p.ecole_uai, p.etat, decision, coalesce(niveau_suivant, ''), quittant::text, (suivie_le is not null)::text,
		(avis <> '')::text, avis_ien::text, coalesce(decision_notifiee_le::text, ''), confirme_par)
	from passage p join scolarite s on s.id = p.scolarite_id join eleve e on e.id = s.eleve_id
	union all
	select concat_ws(' ', e.prenom, 'liberation', l.ecole_uai, demandeur_uai, l.etat, motif_refus, depart::text)
	from liberation l join eleve e on e.id = l.eleve_id
	union all
	select concat_ws(' ', e.prenom, 'place', c.annee, c.ecole_uai, p.classe_id)
	from scenario_place p join scenario c on c.id = p.scenario_id join eleve e on e.id = p.eleve_id
	union all
	select concat_ws(' ', e.prenom, 'publication', m.annee, m.ecole_uai, (m.annule_le is not null)::text, coalesce(l.avant::text, ''), l.apres, l.garde::text)
	from mouvement m join mouvement_ligne l on l.mouvement_id = m.id join eleve e on e.id = l.eleve_id where m.genre = 'publication'
	union all
	select concat_ws(' ', e.prenom, 'sixième', a.annee, a.college_uai, a.ecole_uai, a.etat, (a.recu_le is not null)::text)
	from affectation_6e a join eleve e on e.id = a.eleve_id
	union all
	select concat_ws(' ', e.prenom, 'transfert', t.annee, t.ecole_uai, t.vers_uai, l.etat, l.niveau, conserve::text)
	from transfert t join transfert_eleve l on l.transfert_id = t.id join eleve e on e.id = l.eleve_id
	union all
	select concat_ws(' ', e.prenom, 'hors école', r.departement_code, coalesce(r.ecole_uai, ''), r.modalite, r.debut, coalesce(r.fin::text, ''))
	from rattachement r join eleve e on e.id = r.eleve_id`

// verifier holds the base against the invariants and against the model; "" when all is well.
func (x *essai) verifier() string {
	b := &pgx.Batch{}
	b.Queue(lignesSQL, x.jour)
	said, answers := x.envoyerInvariants(b)
	defer func() { _ = answers.Close() }()
	if said != "" {
		return said
	}
	return x.comparer(colonne(answers))
}

// tenirInvariants holds the base against the invariants alone.
func (x *essai) tenirInvariants() string {
	said, answers := x.envoyerInvariants(&pgx.Batch{})
	_ = answers.Close()
	return said
}

// envoyerInvariants asks for the invariants, then for what the batch asks for, whose answer is left to read.
func (x *essai) envoyerInvariants(besides *pgx.Batch) (string, pgx.BatchResults) {
	b := &pgx.Batch{}
	for _, i := range invariants {
		b.Queue(i.sql)
	}
	b.QueuedQueries = append(b.QueuedQueries, besides.QueuedQueries...)
	answers := x.Tx.SendBatch(context.Background(), b)
	for _, i := range invariants {
		if n := len(colonne(answers)); n > 0 {
			return fmt.Sprintf("%s\u00a0: %d lignes", i.nom, n), answers
		}
	}
	return "", answers
}

// comparer tells the first line that only one of the two has.
func (x *essai) comparer(base []string) string {
	var model []string
	for _, e := range x.enfants {
		model = append(model, e.lignes()...)
	}
	for _, c := range x.transferts {
		for _, o := range c.offres {
			model = append(model, fmt.Sprintf("%s transfert %d %s %s %s %s %t", o.de.de.prenom, c.annee, c.ecole, c.vers, o.etat, o.niveau, o.garde))
		}
	}
	model = slices.Concat(model, x.lignesRepartition(), x.lignesSixieme())
	slices.Sort(base)
	slices.Sort(model)
	if slices.Equal(base, model) {
		return ""
	}
	return fmt.Sprintf("la base\n\t%s\nle modèle\n\t%s", strings.Join(sauf(base, model), "\n\t"), strings.Join(sauf(model, base), "\n\t"))
}

func sauf(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// colonne reads the next answer, whatever its column is.
func colonne(answers pgx.BatchResults) []string {
	rows, err := answers.Query()
	if err != nil {
		return []string{err.Error()}
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		values, err := row.Values()
		return fmt.Sprint(values[0]), err
	})
	if err != nil {
		return []string{err.Error()}
	}
	return list
}
