package liste

import (
	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/passage"
	scol "base-eleves/internal/domain/scolarite"
)

// colonnesEleve are the columns of a list of pupils. There is none for what the closed list leaves out (arrêté of 20
// October 2008), and the INE is masked, as on every screen: the files of ONDE alone carry it (design.md §2.3).
var colonnesEleve = []Colonne{
	{Code: "nom", Titre: "Nom et prénom", Theme: identite, roles: tous, largeur: 45,
		sql: `upper(replace(coalesce(nullif(s.nom_usage, ''), s.nom_famille), 'ß', 'ss')) || ' ' || s.prenom`},
	{Code: "nom_famille", Titre: "Nom de famille", Theme: identite, roles: tous, largeur: 30, sql: `s.nom_famille`},
	{Code: "nom_usage", Titre: "Nom d’usage", Theme: identite, roles: tous, largeur: 30, sql: `s.nom_usage`},
	{Code: "prenom", Titre: "Prénom", Theme: identite, roles: tous, largeur: 25, sql: `s.prenom`},
	{Code: "prenoms", Titre: "Autres prénoms", Theme: identite, roles: tous, largeur: 30, besoins: []string{"e"},
		sql: `concat_ws(' ', nullif(e.prenom2, ''), nullif(e.prenom3, ''))`},
	{Code: "sexe", Titre: "Sexe", Theme: identite, roles: tous, largeur: 12, sql: `s.sexe`},
	{Code: "naissance", Titre: "Né(e) le", Theme: identite, roles: tous, Type: Date, largeur: 20, sql: `s.date_naissance`},
	{Code: "age", Titre: "Âge", Theme: identite, roles: tous, Type: Nombre, largeur: 12, sql: `extract(year from age({jour}::date, s.date_naissance))`},
	{Code: "lieu_naissance", Titre: "Lieu de naissance", Theme: identite, roles: tous, largeur: 32, besoins: []string{"e"}, mots: lieu,
		sql: `case when e.ne_etranger then 'etranger' else e.commune_naissance_insee end`},

	{Code: "adresse", Titre: "Adresse", Theme: domicile, roles: tous, largeur: 60, besoins: []string{"a"}, sql: adresseSQL},
	{Code: "voie", Titre: "Voie", Theme: domicile, roles: tous, largeur: 40, besoins: []string{"a"},
		sql: `concat_ws(', ', nullif(a.complement, ''), nullif(a.voie, ''), nullif(a.lieu_dit, ''))`},
	{Code: "code_postal", Titre: "Code postal", Theme: domicile, roles: tous, largeur: 16, besoins: []string{"a"}, sql: `a.code_postal`},
	{Code: "commune", Titre: "Commune", Theme: domicile, roles: tous, largeur: 30, besoins: []string{"a"}, sql: `a.commune`},

	{Code: "niveau", Titre: "Niveau", Theme: scolarite, roles: tous, largeur: 15, sql: `s.niveau`},
	{Code: "cycle", Titre: "Cycle", Theme: scolarite, roles: tous, largeur: 18, sql: `s.niveau`, mots: cycle},
	{Code: "classe", Titre: "Classe", Theme: scolarite, roles: scolaire, largeur: 25, besoins: []string{"k"}, sql: `k.libelle_court`},
	{Code: "enseignant", Titre: "Enseignant", Theme: scolarite, roles: scolaire, largeur: 30, besoins: []string{"k"}, sql: `k.enseignant`},
	{Code: "ecole", Titre: "École", Theme: scolarite, roles: horsEcole, largeur: 45, besoins: []string{"ec"},
		sql: `case when s.ecole_uai is null then '' when s.ici then ec.nom || ', ' || ecc.nom else 'École d’une autre commune' end`},
	{Code: "etat", Titre: "État", Theme: scolarite, roles: tous, largeur: 25, sql: `s.etat`, mots: etat},
	{Code: "inscrit_le", Titre: "Inscrit(e) le", Theme: scolarite, roles: coordonnees, Type: Date, largeur: 20, besoins: []string{"i"}, sql: `i.date_inscription`},
	{Code: "derogation", Titre: "Dérogation", Theme: scolarite, roles: coordonnees, largeur: 25, besoins: []string{"i"}, sql: `i.derogation`, mots: derogation},
	{Code: "effet", Titre: "Date d’effet", Theme: scolarite, roles: tous, Type: Date, largeur: 20, sql: `s.date_effet`},
	{Code: "admission", Titre: "Admis(e) le", Theme: scolarite, roles: tous, Type: Date, largeur: 20, sql: `s.date_admission`},
	{Code: "radiation", Titre: "Radié(e) le", Theme: scolarite, roles: tous, Type: Date, largeur: 20, sql: `s.date_radiation`},
	{Code: "motif_radiation", Titre: "Motif du départ", Theme: scolarite, roles: scolaire, largeur: 35, sql: `s.motif_radiation`, mots: motif},
	{Code: "destination", Titre: "Parti pour", Theme: scolarite, roles: scolaire, largeur: 40,
		sql: `coalesce((select d.nom || ', ' || c.nom from ecole d join commune c on c.insee = d.commune_insee where d.uai = s.destination_uai), s.destination)`},
	{Code: "passage", Titre: "Décision", Theme: scolarite, roles: scolaire, largeur: 35, besoins: []string{"p"}, sql: `p.decision`, mots: decision},
	{Code: "etat_passage", Titre: "Étape du passage", Theme: scolarite, roles: scolaire, largeur: 25, besoins: []string{"p"}, sql: `p.etat`, mots: etape},
	{Code: "niveau_suivant", Titre: "Niveau suivant", Theme: scolarite, roles: scolaire, largeur: 20, besoins: []string{"p"}, sql: `p.niveau_suivant`},
	{Code: "groupes", Titre: "Groupes", Theme: scolarite, roles: ecoleSeule, largeur: 35,
		sql: `(select string_agg(g.libelle, ', ' order by g.libelle) from groupe_eleve m join groupe g on g.id = m.groupe_id where m.scolarite_id = s.id)`},
	{Code: "dispositif", Titre: "Dispositif", Theme: scolarite, roles: scolaire, largeur: 20, mots: aide,
		sql: `(select string_agg(distinct b.dispositif, ',') from beneficiaire b join annee_scolaire y on y.code = s.annee
			where b.eleve_id = s.eleve_id and b.ecole_uai = s.ecole_uai and b.debut <= y.fin and (b.fin is null or b.fin >= y.debut))`},
	{Code: "ine", Titre: "INE (masqué)", Theme: scolarite, roles: numerique, largeur: 28, besoins: []string{"m"}, sql: `m.ine`, mots: masque},
	{Code: "etat_ine", Titre: "État de l’INE", Theme: scolarite, roles: numerique, largeur: 28, besoins: []string{"m"}, sql: `m.etat`, mots: etatINE},

	{Code: "responsables", Titre: "Responsables", Theme: parents, roles: tous, largeur: 50,
		sql: `(select string_agg(` + nomSQL("r") + `, ', ' order by l.rang) from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = s.eleve_id)`},
	{Code: "telephones", Titre: "Téléphones", Theme: parents, roles: coordonnees, largeur: 50,
		sql: ici(`(select string_agg(concat_ws(' ', coalesce(nullif(r.prenom, ''), r.organisme), ` + telSQL("r") + `), ', ' order by l.rang)
			from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = s.eleve_id and ` + telSQL("r") + ` <> '')`)},
	{Code: "resp1", Titre: "Responsable 1", Theme: parents, roles: tous, largeur: 40, besoins: []string{"r1"}, sql: nomSQL("r1")},
	{Code: "resp1_lien", Titre: "Lien 1", Theme: parents, roles: tous, largeur: 20, besoins: []string{"r1"}, sql: `r1.lien`, mots: lien},
	{Code: "resp1_tel", Titre: "Téléphone 1", Theme: parents, roles: coordonnees, largeur: 28, besoins: []string{"r1"}, sql: ici(telSQL("r1"))},
	{Code: "resp1_courriel", Titre: "Courriel 1", Theme: parents, roles: coordonnees, largeur: 45, besoins: []string{"r1"}, sql: ici(`r1.courriel`)},
	{Code: "resp2", Titre: "Responsable 2", Theme: parents, roles: tous, largeur: 40, besoins: []string{"r2"}, sql: nomSQL("r2")},
	{Code: "resp2_lien", Titre: "Lien 2", Theme: parents, roles: tous, largeur: 20, besoins: []string{"r2"}, sql: `r2.lien`, mots: lien},
	{Code: "resp2_tel", Titre: "Téléphone 2", Theme: parents, roles: coordonnees, largeur: 28, besoins: []string{"r2"}, sql: ici(telSQL("r2"))},
	{Code: "resp2_courriel", Titre: "Courriel 2", Theme: parents, roles: coordonnees, largeur: 45, besoins: []string{"r2"}, sql: ici(`r2.courriel`)},

	{Code: "urgence", Titre: "À prévenir", Theme: contacts, roles: ecoleSeule, largeur: 55, sql: personnesSQL("urgence", true)},
	{Code: "autorises", Titre: "Autorisés à venir chercher", Theme: contacts, roles: ecoleSeule, largeur: 55, sql: personnesSQL("autorisee", false)},

	{Code: "services", Titre: "Services", Theme: periscolaire, roles: coordonnees, largeur: 45, besoins: []string{"v"},
		sql: ici(`concat_ws(', ', case when v.garderie_matin then 'garderie du matin' end, case when v.restaurant then 'restaurant' end,
			case when v.etude then 'étude' end, case when v.garderie_soir then 'garderie du soir' end, case when v.transport then 'transport' end)`)},
	{Code: "garderie_matin", Titre: "Garderie du matin", Theme: periscolaire, roles: coordonnees, largeur: 18, besoins: []string{"v"}, sql: ici(ouiSQL(`v.garderie_matin`))},
	{Code: "restaurant", Titre: "Restaurant", Theme: periscolaire, roles: coordonnees, largeur: 20, besoins: []string{"v"}, sql: ici(ouiSQL(`v.restaurant`))},
	{Code: "etude", Titre: "Étude", Theme: periscolaire, roles: coordonnees, largeur: 14, besoins: []string{"v"}, sql: ici(ouiSQL(`v.etude`))},
	{Code: "garderie_soir", Titre: "Garderie du soir", Theme: periscolaire, roles: coordonnees, largeur: 18, besoins: []string{"v"}, sql: ici(ouiSQL(`v.garderie_soir`))},
	{Code: "transport", Titre: "Transport", Theme: periscolaire, roles: coordonnees, largeur: 18, besoins: []string{"v"}, sql: ici(ouiSQL(`v.transport`))},

	{Code: "attestation", Titre: "Attestation d’assurance", Theme: autorisation, roles: ecoleSeule, largeur: 22, besoins: []string{"t"}, sql: ouiNonSQL(`t.attestation_fournie`)},
	{Code: "assureur", Titre: "Assureur", Theme: autorisation, roles: ecoleSeule, largeur: 30, besoins: []string{"t"}, sql: `t.assureur`},
	{Code: "contrat", Titre: "N° de contrat", Theme: autorisation, roles: ecoleSeule, largeur: 25, besoins: []string{"t"}, sql: `t.num_contrat`},
	{Code: "responsabilite", Titre: "Responsabilité civile", Theme: autorisation, roles: ecoleSeule, largeur: 22, besoins: []string{"t"}, sql: ouiNonSQL(`t.responsabilite_civile`)},
	{Code: "individuelle", Titre: "Individuelle accident", Theme: autorisation, roles: ecoleSeule, largeur: 22, besoins: []string{"t"}, sql: ouiNonSQL(`t.individuelle_accident`)},
	{Code: "photo", Titre: "Photo autorisée", Theme: autorisation, roles: ecoleSeule, largeur: 20, besoins: []string{"t"}, sql: ouiNonSQL(`t.photo`)},
	{Code: "rentre_seul", Titre: "Rentre seul(e)", Theme: autorisation, roles: ecoleSeule, largeur: 18, besoins: []string{"t"}, sql: ouiNonSQL(`t.rentre_seul`)},
}

func lieu(code string) string {
	if code == "etranger" {
		return "À l’étranger"
	}
	if c, ok := commune.Find(code); ok {
		return c.Nom
	}
	return code
}

func cycle(niveau string) string  { return ecole.Niveau(niveau).Cycle().Libelle() }
func motif(code string) string    { return inscription.Libelle(scol.MotifsRadiation, code) }
func decision(code string) string { return passage.Decision(code).Label() }
func etape(code string) string    { return passage.Etat(code).Label() }
func lien(code string) string     { return eleve.Lien(code).Label() }
func masque(ine string) string    { return immatriculation.INE(ine).Masque() }
func etatINE(code string) string  { return immatriculation.Etat(code).Label() }

func derogation(code string) string { return inscription.Libelle(inscription.Derogations, code) }

// etat is that of a scolarité, or of an inscription.
func etat(code string) string {
	if label := scol.Etat(code).Label(); label != "" {
		return label
	}
	return inscription.Etat(code).Label()
}

// aide is the dispositifs of a pupil.
func aide(codes string) string {
	words := ""
	for _, d := range dispositif.Dispositifs {
		if contient(codes, string(d)) {
			if words != "" {
				words += ", "
			}
			words += d.Label()
		}
	}
	return words
}
