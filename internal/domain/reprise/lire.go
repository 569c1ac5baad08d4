package reprise

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
)

// etablissement is what the plan needs to know of the school.
type etablissement struct{ Type ecole.Type }

const ecoleSQL = `select type from ecole where uai = $1`

// elevesSQL reads the pupils of the school with what files say of them; an address is written on one line, and one that is
// not seen is a protected one.
const elevesSQL = `
	select e.id, e.tenu_par, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger,
		coalesce(e.commune_naissance_insee, '') as commune_naissance_insee,
		e.adresse_id, coalesce(concat_ws(' ', nullif(a.complement, ''), nullif(a.voie, ''), nullif(a.lieu_dit, '')), '') as adresse,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays,
		coalesce(a.protegee, e.adresse_id is not null) as protegee,
		e.adresse2_id, coalesce(concat_ws(' ', nullif(b.complement, ''), nullif(b.voie, ''), nullif(b.lieu_dit, '')), '') as adresse2,
		coalesce(b.code_postal, '') as code_postal2, coalesce(b.commune, '') as commune2, coalesce(b.pays, '') as pays2,
		coalesce(b.protegee, e.adresse2_id is not null) as protegee2,
		s.id as scolarite_id, coalesce(s.etat, '') as etat, coalesce(s.niveau, '') as niveau, s.classe_id,
		f.id as affectation_id, f.debut as affectation_debut,
		o.eleve_id is not null as autorisation, coalesce(o.attestation_fournie, false) as attestation_fournie,
		coalesce(o.photo, false) as photo,
		exists (select from lien_responsable l where l.eleve_id = e.id and l.associations) as associations,
		coalesce(i.ine, '') as ine
	from eleve e
	left join adresse a on a.id = e.adresse_id
	left join adresse b on b.id = e.adresse2_id
	left join lateral (select id, etat, niveau, classe_id from scolarite
		where eleve_id = e.id and ecole_uai = $1 and annee = $2 and etat <> 'annulee'
		order by etat = 'radie', date_effet desc limit 1) s on true
	left join affectation f on f.scolarite_id = s.id and f.fin is null
	left join autorisation o on o.eleve_id = e.id and o.annee = $2
	left join immatriculation i on i.eleve_id = e.id
	where e.ecole_uai = $1 and e.etat not in ('errone', 'fusionne')
	order by e.cle_nom, e.id`

const classesSQL = `
	select id, libelle_court, libelle_long, numero, array(select niveau from classe_niveau n where n.classe_id = c.id order by niveau) as niveaux
	from classe c where ecole_uai = $1 and annee = $2 order by libelle_court`

const responsablesSQL = `
	select r.id, l.eleve_id, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.adresse_id,
		coalesce(concat_ws(' ', nullif(a.complement, ''), nullif(a.voie, ''), nullif(a.lieu_dit, '')), '') as adresse,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays,
		coalesce(a.protegee, r.adresse_id is not null) as protegee, r.tel_domicile, r.tel_travail, r.tel_portable, r.courriel,
		l.lien, l.autorite_parentale, l.associations, l.rang
	from eleve e join lien_responsable l on l.eleve_id = e.id join responsable r on r.id = l.responsable_id
	left join adresse a on a.id = r.adresse_id
	where e.ecole_uai = $1
	order by l.eleve_id, l.rang`

const ailleursSQL = `select ligne, ecole, commune, etat from connus_ailleurs($1, $2, $3, $4)`

// QueueExport asks for what the exports of the school write.
func QueueExport(l *territoire.Lecture, agent habilitation.Agent, annee ecole.Annee, b *Base) {
	b.Ecole, b.Annee, b.Aujourdhui = agent.Ecole, annee, agent.Aujourdhui()
	territoire.Toutes(l, &b.Eleves, elevesSQL, agent.Ecole, int(annee))
	territoire.Toutes(l, &b.Classes, classesSQL, agent.Ecole, int(annee))
	territoire.Toutes(l, &b.Responsables, responsablesSQL, agent.Ecole)
}

func argsAilleurs(list []onde.Eleve) []any {
	lignes, noms := make([]int32, len(list)), make([]string, len(list))
	jours, sexes := make([]string, len(list)), make([]string, len(list))
	for i, e := range list {
		lignes[i], noms[i], jours[i], sexes[i] = int32(e.Ligne), e.NomFamille+" "+e.Prenom, jour(e.Naissance), e.Sexe
	}
	return []any{lignes, noms, jours, sexes}
}

// verrouSQL has the imports of one school wait for each other.
const verrouSQL = `select pg_advisory_xact_lock(hashtextextended($1, 13))`

// relire reads what the plan of a file depends on: the school, its pupils, its classes, its responsables, and which of
// the other children of the file are known elsewhere.
func relire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, f Fichier, annee ecole.Annee) (Base, error) {
	b := Base{Ecole: agent.Ecole, Annee: annee, Aujourdhui: agent.Aujourdhui()}
	tx.Queue(verrouSQL, agent.Ecole)
	school, err := territoire.Ligne[etablissement](ctx, tx, ecoleSQL, agent.Ecole)
	if err != nil {
		return b, fmt.Errorf("reprise: read the school: %w", err)
	}
	b.Type = school.Type
	if b.Eleves, err = territoire.Lignes[Eleve](ctx, tx, elevesSQL, agent.Ecole, int(annee)); err != nil {
		return b, fmt.Errorf("reprise: read the pupils: %w", err)
	}
	if b.Classes, err = territoire.Lignes[Classe](ctx, tx, classesSQL, agent.Ecole, int(annee)); err != nil {
		return b, fmt.Errorf("reprise: read the classes: %w", err)
	}
	if b.Responsables, err = territoire.Lignes[Responsable](ctx, tx, responsablesSQL, agent.Ecole); err != nil {
		return b, fmt.Errorf("reprise: read the responsables: %w", err)
	}
	b.Ailleurs, err = chercherAilleurs(ctx, tx, agent, Inconnus(f, b))
	return b, err
}

// parHeure is how many times an account may look elsewhere for the children of a file: the answer tells whether a child
// exists, and where (security.md, ACL-10).
const parHeure = 20

const recherchesSQL = `select count(*) from journal where compte_id = $1 and acte = $2 and objet = 'depot' and le > $3`

// chercherAilleurs tells which of these children are known elsewhere, and leaves the line that says that one has looked.
func chercherAilleurs(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, list []onde.Eleve) ([]Ailleurs, error) {
	if len(list) == 0 {
		return nil, nil
	}
	var done int
	err := tx.QueryRow(ctx, recherchesSQL, agent.Compte, journal.ChercherAilleurs, agent.Maintenant.Add(-time.Hour)).Scan(&done)
	if err != nil {
		return nil, fmt.Errorf("reprise: count the searches: %w", err)
	}
	if done >= parHeure {
		return nil, refusal.InConflict("Vous avez relu vingt fois un fichier depuis une heure\u00a0: attendez un peu avant de recommencer.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.ChercherAilleurs, Objet: "depot", Ecole: agent.Ecole})
	found, err := territoire.Lignes[Ailleurs](ctx, tx, ailleursSQL, argsAilleurs(list)...)
	if err != nil {
		return nil, fmt.Errorf("reprise: look elsewhere: %w", err)
	}
	return found, nil
}
