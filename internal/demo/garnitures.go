package demo

// garniture is what a table shows besides; $1 is the school year, $2 the day.
type garniture struct{ table, sql string }

// garnitures are what a département of demonstration shows beside the pupils in their classes: drawn from those who are
// there, by an order that the seed alone decides. Nobody did it, so no history tells it.
var garnitures = []garniture{
	// Those who left for their family: two in three are taught there, the others follow the CNED. One school in four has a
	// pupil in hospital, who keeps his place in class.
	{"rattachement", `
		insert into rattachement (id, eleve_id, ecole_uai, departement_code, modalite, debut)
		select md5('rattachement' || s.id)::uuid, s.eleve_id, case when n % 3 = 0 then s.ecole_uai end, e.departement_code,
			case when n % 3 = 0 then 'cned' else 'famille' end, s.date_radiation
		from (select *, row_number() over (order by id) as n from scolarite where motif_radiation = 'instruction_famille') s
		join ecole e on e.uai = s.ecole_uai
		where not exists (select from scolarite p where p.eleve_id = s.eleve_id and p.etat = 'admis_definitif' and p.fin_annee > s.date_radiation)
		union all
		select md5('rattachement' || s.id)::uuid, s.eleve_id, s.ecole_uai, null, 'hopital', s.date_admission + 30
		from (select *, row_number() over (partition by ecole_uai order by id) as n from scolarite
			where etat = 'admis_definitif' and annee = $1 and date_admission < $2::date - 40) s
		where s.n = 1 and left(md5(s.ecole_uai), 1) < '4'`},
	// The greatest school has an ULIS of nine; one school in three has a pupil in an UPE2A.
	{"beneficiaire", `
		with ulis as (
			insert into ulis (id, ecole_uai, annee, libelle, enseignant, salle, effectif_max)
			select md5('ulis' || uai)::uuid, uai, $1, 'ULIS école', 'Mme Claire Abadie', 'Salle bleue', 12 from (
				select s.ecole_uai as uai from scolarite s join ecole e on e.uai = s.ecole_uai
				where s.annee = $1 and s.etat = 'admis_definitif' and e.type <> 'maternelle'
				group by 1 order by count(*) desc, 1 limit 1) e
			returning ecole_uai)
		insert into beneficiaire (id, eleve_id, ecole_uai, dispositif, debut)
		select md5('ulis' || s.id)::uuid, s.eleve_id, s.ecole_uai, 'ulis', s.date_admission
		from (select *, row_number() over (partition by ecole_uai order by md5(id::text)) as n from scolarite
			where etat = 'admis_definitif' and annee = $1 and niveau in ('CP', 'CE1', 'CE2', 'CM1', 'CM2')) s
		join ulis using (ecole_uai) where s.n <= 9
		union all
		select md5('upe2a' || s.id)::uuid, s.eleve_id, s.ecole_uai, 'upe2a', s.date_admission
		from (select *, row_number() over (partition by ecole_uai order by md5(id::text) desc) as n from scolarite
			where etat = 'admis_definitif' and annee = $1 and date_admission < $2::date) s
		where s.n = 1 and left(md5(s.ecole_uai), 1) > 'a'`},
	// Each school of three classes has a choir of the elder, and an outing of the youngest.
	{"groupe", `
		insert into groupe (id, ecole_uai, annee, libelle, nature, intervenant, effectif_max)
		select md5(libelle || uai)::uuid, uai, $1, libelle, nature, enseignant, maximum
		from (select ecole_uai as uai, min(enseignant) as enseignant from classe where annee = $1 and $2::date is not null
			group by 1 having count(*) >= 3) e,
			(values ('Chorale', 'arts', 40), ('Piscine', 'sport', null)) g (libelle, nature, maximum)`},
	{"groupe_eleve", `
		insert into groupe_eleve (groupe_id, scolarite_id, ecole_uai)
		select g.id, s.id, s.ecole_uai from groupe g join (
			select *, row_number() over (partition by ecole_uai order by array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], niveau), md5(id::text)) as petit,
				row_number() over (partition by ecole_uai order by array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], niveau) desc, md5(id::text)) as grand
			from scolarite where etat = 'admis_definitif' and annee = $1 and $2::date is not null) s on s.ecole_uai = g.ecole_uai
		where case g.libelle when 'Chorale' then grand <= 24 else petit <= 30 end`},
	// Who directed the school before has left a list for an outing.
	{"liste", `
		insert into liste (id, compte_id, ecole_uai, nom, partagee, definition, modifiee_le)
		select md5('liste' || uai)::uuid, md5('ancienne direction' || uai)::uuid, uai, 'Sortie au musée', true, '{
			"format": 1, "titre": "Sortie au musée", "grain": "eleve", "groupe": "classe", "saut": true,
			"colonnes": [{"code": "nom"}, {"code": "telephones"}, {"code": "vide", "titre": "Autorisation rendue", "largeur": 40}]}', $2::date - 40
		from (select ecole_uai as uai from classe where annee = $1 group by 1 having count(*) >= 3) e`},
	// The letters of the school.
	{"lettre_type", `
		insert into lettre_type (id, ecole_uai, titre, objet, corps, modifiee_le)
		select md5(titre || uai)::uuid, uai, titre, objet, corps, $2::date - 30
		from (select ecole_uai as uai from classe where annee = $1 group by 1 having count(*) >= 3) e,
			(values ('Photo de classe', 'Photo de classe de {prenom}', E'{madame_monsieur},\n\nLe photographe viendra dans la classe {classe} le [jour].\n\nLes enfants dont l’école n’a pas l’autorisation ne seront pas photographiés.\n\nBien cordialement,'),
				('Conseil d’école', 'Conseil d’école du [jour]', E'{madame_monsieur},\n\nLe conseil d’école se réunira le [jour] à [heure].\n\nVous pouvez confier vos questions aux représentants des parents.\n\nBien cordialement,')) l (titre, objet, corps)`},
	// A directeur's class is taken over one day a week.
	{"classe_enseignant", `
		insert into classe_enseignant (classe_id, rang, ecole_uai, nom, service, jours)
		select id, 1, ecole_uai, 'M. Luc Daubagna', 'decharge', 'jeudi' from (
			select *, row_number() over (partition by ecole_uai order by libelle_court desc) as n from classe
			where annee = $1 and $2::date is not null) c
		where n = 1`},
	{"passage", passagesSQL},
}
