package demo_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo"
)

// never is what no base may hold, as the rule it breaks and the rows that break it. What constraints of the schema
// refuse is not repeated here.
var never = map[string]string{
	"une date après aujourd’hui": `select from scolarite -- but for a departure announced
		where greatest(date_admission, case when etat = 'radie' then date_radiation end) > '2026-11-21'`,
	"inscrit avant l’admission": `select from scolarite s join inscription i on i.id = s.inscription_id
		where i.date_inscription > s.date_effet or i.eleve_id <> s.eleve_id or i.etat <> 'transformee'`,
	"une classe d’une autre année": `select from scolarite s join classe c on c.id = s.classe_id
		where (c.ecole_uai, c.annee) <> (s.ecole_uai, s.annee)`,
	"un niveau que l’école n’a pas": `select from scolarite s join ecole e on e.uai = s.ecole_uai
		where e.type <> 'primaire' and (e.type = 'maternelle') <> (s.niveau in ('TPS', 'PS', 'MS', 'GS'))`,
	"une affectation qui n’est pas celle de la scolarité": `select from scolarite s full join affectation a on a.scolarite_id = s.id
		where s.classe_id is distinct from a.classe_id or s.classe_id is not null and (a.fin is null) <> (s.etat <> 'radie')`,
	"une scolarité qui ne copie pas l’élève": `select from scolarite s join eleve e on e.id = s.eleve_id
		where (s.residence_insee, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance)
			is distinct from (e.residence_insee, e.nom_famille, e.nom_usage, e.prenom, e.sexe, e.date_naissance)`,
	"une inscription qui ne copie pas l’élève": `select from inscription i join eleve e on e.id = i.eleve_id
		where (i.residence_insee, i.nom_famille, i.nom_usage, i.prenom, i.sexe, i.date_naissance)
			is distinct from (e.residence_insee, e.nom_famille, e.nom_usage, e.prenom, e.sexe, e.date_naissance)`,
	"un lien qui ne copie pas l’élève": `select from lien_responsable l join eleve e on e.id = l.eleve_id
		where (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee)`,
	"un contact qui ne copie pas l’élève": `select from personne_autorisee l join eleve e on e.id = l.eleve_id
		where (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee)`,
	"un périscolaire qui ne copie pas l’élève": `select from periscolaire l join eleve e on e.id = l.eleve_id
		where (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee)`,
	"une assurance qui ne copie pas l’élève": `select from autorisation l join eleve e on e.id = l.eleve_id
		where (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee)`,
	"un groupe d’une autre école ou d’une autre année": `select from groupe_eleve m join groupe g on g.id = m.groupe_id
		join scolarite s on s.id = m.scolarite_id where (s.ecole_uai, s.annee) <> (g.ecole_uai, g.annee)`,
	"un élève d’ULIS où il n’y en a pas": `select from beneficiaire b where b.dispositif = 'ulis'
		and not exists (select from ulis u where u.ecole_uai = b.ecole_uai)`,
	"un rattachement qui ne copie pas l’élève": `select from rattachement r join eleve e on e.id = r.eleve_id
		where (r.residence_insee, r.nom_famille, r.prenom) is distinct from (e.residence_insee, e.nom_famille, e.prenom)`,
	"un présent instruit en famille ou au CNED": `select from rattachement r join scolarite s using (eleve_id)
		where r.modalite in ('cned', 'famille') and s.etat = 'admis_definitif' and s.fin_annee > r.debut`,
	"une fiche d’une année où l’élève n’est pas là": `select from (select eleve_id, annee from periscolaire
			union all select eleve_id, annee from autorisation) f
		where not exists (select from scolarite s where s.eleve_id = f.eleve_id and s.annee = f.annee and s.etat = 'admis_definitif')`,
	"un enfant de maternelle qui rentre seul": `select from autorisation a join scolarite s using (eleve_id, annee)
		where a.rentre_seul and s.niveau in ('TPS', 'PS', 'MS', 'GS')`,
	"un second domicile où personne n’héberge l’enfant": `select from eleve e where e.adresse2_id is not null and not exists (
		select from lien_responsable l join responsable r on r.id = l.responsable_id
		where l.eleve_id = e.id and l.heberge and r.adresse_id = e.adresse2_id)`,
	"un élève qui n’est pas là où il habite": `select from eleve e join adresse a on a.id = e.adresse_id
		where e.residence_insee is distinct from a.commune_insee`,
	"un élève hors de la commune de son école": `select from eleve e join ecole c on c.uai = e.ecole_uai
		where e.mairie_insee <> c.commune_insee`,
	"un présent dans une école qui n’a pas son dossier": `select from scolarite s join eleve e on e.id = s.eleve_id
		where s.etat = 'admis_definitif' and s.annee = 2026 and (e.ecole_uai, e.tenu_par) is distinct from (s.ecole_uai, 'ecole')`,
	"un admis sans demande d’INE": `select from scolarite s left join immatriculation i using (eleve_id)
		where s.date_admission is not null and i.ecole_uai is distinct from (select ecole_uai from eleve where id = s.eleve_id)`,
	"un INE qui attend sans dire quoi":      `select from immatriculation where etat in ('en_erreur', 'bloque_doublon') and raison = ''`,
	"un INE hors de la plage inventée":      `select from immatriculation where ine !~ '^99'`,
	"un INE que le registre donnera encore": `select from immatriculation, ine_serie where substr(ine, 3, 7)::int > last_value`,
	"un élève sans responsable qui ait l’autorité": `select from eleve e
		where not exists (select from lien_responsable l where l.eleve_id = e.id and l.autorite_parentale)`,
	"un responsable de personne": `select from responsable r
		where not exists (select from lien_responsable l where l.responsable_id = r.id)`,
	"un responsable vu d’ailleurs": `select from responsable r, lateral (
			select array_remove(array_agg(distinct e order by e), null) as e, array_remove(array_agg(distinct c order by c), null) as c
			from lien_responsable l, lateral (values (ecole_uai, mairie_insee), (null, residence_insee)) v (e, c)
			where l.responsable_id = r.id) vu
		where (r.ecoles, r.communes) is distinct from (vu.e, vu.c)`,
	"une adresse vue d’ailleurs": `select from adresse a, lateral (
			select array_remove(array_agg(distinct e order by e), null) as e, array_remove(array_agg(distinct c order by c), null) as c
			from (select ecole_uai, mairie_insee from eleve where a.id in (adresse_id, adresse2_id)
				union all select null, residence_insee from eleve where a.id in (adresse_id, adresse2_id)
				union all select unnest(ecoles), null from responsable where adresse_id = a.id
				union all select null, unnest(communes) from responsable where adresse_id = a.id) v (e, c)) vu
		where (a.ecoles, a.communes) is distinct from (vu.e, vu.c)`,
	"un passage que la loi n’admet pas": `select from passage p join scolarite s on s.id = p.scolarite_id
		where (p.ecole_uai, p.annee) <> (s.ecole_uai, s.annee) or s.etat <> 'admis_definitif' or p.propose_le < s.date_admission
			or case p.decision when 'maintien' then p.niveau_suivant <> s.niveau or s.niveau in ('TPS', 'PS', 'MS', 'GS')
				else (p.decision = 'passage_6e') <> (s.niveau = 'CM2') end`,
	"une étape des passages que rien ne montre": `select from (values ('propose'), ('notifie'), ('decide'), ('en_recours')) v (etat)
		where exists (select from passage) and etat not in (select etat from passage)`,
	"un déclencheur resté éteint": `select from pg_trigger where tgenabled = 'D'`,
}

func TestInvariants(t *testing.T) {
	small, big := options(t), options(t)
	big.Eleves = 6_000 // enough for the way by streams
	nation := options(t)
	nation.Eleves, nation.AnneePrecedente, nation.Graine = 3000, false, 7
	for name, o := range map[string]demo.Options{"démonstration": small, "petite nation": nation, "par flux": big} {
		t.Run(name, func(t *testing.T) {
			conn, _, bilan := fill(t, o)
			for rule, sql := range never {
				var n int
				if err := conn.QueryRow(t.Context(), `select count(*) from (`+sql+`) x`).Scan(&n); err != nil || n != 0 {
					t.Errorf("%s: %d rows, %v", rule, n, err)
				}
			}
			var eleves, sortis, ecoles int
			if err := conn.QueryRow(t.Context(), `select count(*) filter (where etat = 'actif'), count(*) filter (where etat = 'sorti_1d'),
				(select count(*) from ecole) from eleve`).Scan(&eleves, &sortis, &ecoles); err != nil {
				t.Fatal(err)
			}
			if bilan.Eleves != eleves || bilan.Dossiers != int64(eleves+sortis) || bilan.Ecoles != ecoles || eleves != max(o.Eleves, 1500) {
				t.Errorf("announced %+v, there are %d pupils, %d left, %d schools", bilan, eleves, sortis, ecoles)
			}
			if o.Eleves == 0 {
				checkRulesFindFaults(t, conn)
			}
		})
	}
}

// checkRulesFindFaults is the control of never: each rule finds what breaks it.
func checkRulesFindFaults(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for rule, breaking := range map[string]string{
		"une date après aujourd’hui":                          `update scolarite set date_admission = '2026-11-30' where etat = 'admis_definitif' and annee = 2026`,
		"inscrit avant l’admission":                           `update inscription set etat = 'annulee', motif_annulation = 'erreur_saisie' where etat = 'transformee'`,
		"un niveau que l’école n’a pas":                       `update ecole set type = 'maternelle'`,
		"une affectation qui n’est pas celle de la scolarité": `delete from affectation where fin is not null`,
		"une scolarité qui ne copie pas l’élève":              `update scolarite set prenom = 'X' where annee = 2025`,
		"une inscription qui ne copie pas l’élève":            `update inscription set sexe = 'X'`,
		"un lien qui ne copie pas l’élève":                    `update lien_responsable set mairie_insee = 'X'`,
		"un contact qui ne copie pas l’élève":                 `update personne_autorisee set ecole_uai = 'X'`,
		"un périscolaire qui ne copie pas l’élève":            `update periscolaire set ecole_uai = 'X'`,
		"une assurance qui ne copie pas l’élève":              `update autorisation set ecole_uai = 'X'`,
		"un groupe d’une autre école ou d’une autre année":    `update groupe set annee = 2025`,
		"un élève d’ULIS où il n’y en a pas":                  `update ulis set ecole_uai = (select min(uai) from ecole)`,
		"un rattachement qui ne copie pas l’élève":            `update rattachement set prenom = 'X'`,
		"un présent instruit en famille ou au CNED":           `update rattachement set modalite = 'cned'`,
		"une fiche d’une année où l’élève n’est pas là":       `update periscolaire set annee = 2025`,
		"un enfant de maternelle qui rentre seul":             `update autorisation set rentre_seul = true`,
		"un second domicile où personne n’héberge l’enfant":   `update lien_responsable set heberge = false`,
		"un élève qui n’est pas là où il habite":              `update eleve set residence_insee = 'X'`,
		"un élève hors de la commune de son école":            `update eleve set mairie_insee = '32233'`,
		"un présent dans une école qui n’a pas son dossier":   `update eleve set tenu_par = 'mairie'`,
		"un admis sans demande d’INE":                         `delete from immatriculation`,
		"un INE qui attend sans dire quoi":                    `update immatriculation set etat = 'en_erreur', ine = null, attribue_le = null`,
		"un INE hors de la plage inventée":                    `update immatriculation set ine = '00' || substr(ine, 3)`,
		"un INE que le registre donnera encore":               `select setval('ine_serie', 1)`,
		"un élève sans responsable qui ait l’autorité":        `update lien_responsable set autorite_parentale = false`,
		"un responsable de personne":                          `delete from lien_responsable`,
		"un responsable vu d’ailleurs":                        `update responsable set ecoles = '{0650001X}'`,
		"une adresse vue d’ailleurs":                          `update adresse set communes = '{}'`,
		"un passage que la loi n’admet pas":                   `update passage set niveau_suivant = 'PS' where decision = 'maintien'`,
		"une étape des passages que rien ne montre":           `delete from passage where etat = 'en_recours'`,
		"un déclencheur resté éteint":                         `alter table eleve disable trigger user`,
	} {
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var n int
		_, err = tx.Exec(t.Context(), `alter table eleve disable trigger user; alter table scolarite disable trigger user; `+breaking)
		if err == nil {
			err = tx.QueryRow(t.Context(), `select count(*) from (`+never[rule]+`) x`).Scan(&n)
		}
		if err != nil || n == 0 {
			t.Errorf("%s: nothing found, %v", rule, err)
		}
		_ = tx.Rollback(t.Context())
	}
}
