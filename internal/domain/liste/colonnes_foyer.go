package liste

// colonnesResponsable are the columns of a list of responsables: one line for each person, with the children of the list
// for whom he answers.
var colonnesResponsable = []Colonne{
	{Code: "nom", Titre: "Nom", Theme: parents, roles: tous, largeur: 50, sql: nomSQL("s")},
	{Code: "civilite", Titre: "Civilité", Theme: parents, roles: tous, largeur: 16, sql: `s.civilite`},
	{Code: "nom_famille", Titre: "Nom de famille", Theme: parents, roles: tous, largeur: 32, sql: `coalesce(nullif(s.nom_famille, ''), s.organisme)`},
	{Code: "nom_usage", Titre: "Nom d’usage", Theme: parents, roles: tous, largeur: 32, sql: `s.nom_usage`},
	{Code: "prenom", Titre: "Prénom", Theme: parents, roles: tous, largeur: 25, sql: `s.prenom`},
	{Code: "liens", Titre: "Lien", Theme: parents, roles: tous, largeur: 22, sql: `s.lien`, mots: lien},
	{Code: "autorite", Titre: "Autorité parentale", Theme: parents, roles: tous, largeur: 20, sql: ouiNonSQL(`s.autorite_parentale`)},
	{Code: "enfants", Titre: "Enfants", Theme: parents, roles: tous, largeur: 60, sql: `s.enfants`},
	{Code: "nombre", Titre: "Nombre d’enfants", Theme: parents, roles: tous, Type: Nombre, largeur: 18, sql: `s.nombre`},
	{Code: "classes", Titre: "Classes", Theme: parents, roles: scolaire, largeur: 30, sql: classesSQL},
	{Code: "portable", Titre: "Portable", Theme: parents, roles: coordonnees, largeur: 28, sql: ici(`s.tel_portable`)},
	{Code: "domicile", Titre: "Téléphone du domicile", Theme: parents, roles: coordonnees, largeur: 28, sql: ici(`s.tel_domicile`)},
	{Code: "travail", Titre: "Téléphone du travail", Theme: parents, roles: coordonnees, largeur: 28, sql: ici(`s.tel_travail`)},
	{Code: "telephones", Titre: "Téléphones", Theme: parents, roles: coordonnees, largeur: 45, sql: ici(telSQL("s"))},
	{Code: "courriel", Titre: "Courriel", Theme: parents, roles: coordonnees, largeur: 50, sql: ici(`s.courriel`)},
	{Code: "associations", Titre: "Accord associations", Theme: parents, roles: ecoleSeule, largeur: 22, sql: ouiNonSQL(`s.associations`)},

	{Code: "adresse", Titre: "Adresse", Theme: domicile, roles: tous, largeur: 60, besoins: []string{"ar"}, sql: adresseSQL},
	{Code: "voie", Titre: "Voie", Theme: domicile, roles: tous, largeur: 40, besoins: []string{"ar"},
		sql: `concat_ws(', ', nullif(a.complement, ''), nullif(a.voie, ''), nullif(a.lieu_dit, ''))`},
	{Code: "code_postal", Titre: "Code postal", Theme: domicile, roles: tous, largeur: 16, besoins: []string{"ar"}, sql: `a.code_postal`},
	{Code: "commune", Titre: "Commune", Theme: domicile, roles: tous, largeur: 30, besoins: []string{"ar"}, sql: `a.commune`},
}

// colonnesFamille are the columns of a list of families: children who have the same responsables. The address is that of
// the eldest.
var colonnesFamille = []Colonne{
	{Code: "noms", Titre: "Famille", Theme: identite, roles: tous, largeur: 40, sql: `s.noms`},
	{Code: "enfants", Titre: "Enfants", Theme: identite, roles: tous, largeur: 70, sql: `s.enfants`},
	{Code: "nombre", Titre: "Nombre d’enfants", Theme: identite, roles: tous, Type: Nombre, largeur: 18, sql: `s.nombre`},
	{Code: "classes", Titre: "Classes", Theme: scolarite, roles: scolaire, largeur: 30, sql: classesSQL},

	{Code: "adresse", Titre: "Adresse", Theme: domicile, roles: tous, largeur: 60, besoins: []string{"a"}, sql: adresseSQL},
	{Code: "commune", Titre: "Commune", Theme: domicile, roles: tous, largeur: 30, besoins: []string{"a"}, sql: `a.commune`},

	{Code: "responsables", Titre: "Responsables", Theme: parents, roles: tous, largeur: 60,
		sql: `(select string_agg(` + nomSQL("r") + `, ', ' order by l.rang) from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = s.eleve_id)`},
	{Code: "resp1", Titre: "Responsable 1", Theme: parents, roles: tous, largeur: 40, besoins: []string{"r1"}, sql: nomSQL("r1")},
	{Code: "resp1_tel", Titre: "Téléphone 1", Theme: parents, roles: coordonnees, largeur: 28, besoins: []string{"r1"}, sql: ici(telSQL("r1"))},
	{Code: "resp1_courriel", Titre: "Courriel 1", Theme: parents, roles: coordonnees, largeur: 45, besoins: []string{"r1"}, sql: ici(`r1.courriel`)},
	{Code: "resp2", Titre: "Responsable 2", Theme: parents, roles: tous, largeur: 40, besoins: []string{"r2"}, sql: nomSQL("r2")},
	{Code: "resp2_tel", Titre: "Téléphone 2", Theme: parents, roles: coordonnees, largeur: 28, besoins: []string{"r2"}, sql: ici(telSQL("r2"))},
	{Code: "resp2_courriel", Titre: "Courriel 2", Theme: parents, roles: coordonnees, largeur: 45, besoins: []string{"r2"}, sql: ici(`r2.courriel`)},
}

// classesSQL names the classes of several children.
const classesSQL = `(select string_agg(distinct k.libelle_court, ', ') from classe k where k.id = any (s.classes))`
