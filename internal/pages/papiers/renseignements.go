package papiers

import (
	"strings"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// ficheRenseignements goes home each September, filled in with what the school knows, to be corrected: one for each home
// of each pupil.
var ficheRenseignements = document{
	chemin: "fiches-renseignements", titre: "Fiches de renseignements",
	aide: "Une fiche par foyer, remplie de ce que l’école sait. La famille corrige, signe et rend.",
	faire: func(l lu, c choix) papier.Papier {
		p := papier.Papier{Compact: true}
		for _, e := range l.eleves {
			for _, f := range l.foyers(e) {
				p.Pieces = append(p.Pieces, l.fiche(e, f, c))
			}
		}
		return p
	},
}

// droits is the notice that the law asks for on a form (art. 13 of the GDPR).
const droits = "L’école enregistre ces renseignements pour suivre la scolarité de l’élève, mission d’intérêt public. " +
	"La mairie, l’inspection et le collège d’accueil ne reçoivent que ce qui les concerne. " +
	"Vous pouvez les consulter, les faire rectifier, en limiter l’usage ou vous y opposer auprès de la direction de l’école " +
	"ou de l’inspection académique. Vous pouvez saisir le délégué à la protection des données de l’académie, puis la CNIL."

// releve is the table of what is known, with the place of the corrections.
func releve(groups ...pdf.Group) papier.Tableau {
	return papier.Tableau{
		Columns: []pdf.Column{{Title: "Rubrique", Width: 128}, {Title: "Ce que l’école sait", Bold: true}, {Title: "Vos corrections", Width: 190}},
		Groups:  groups, Ruled: true, Least: 19,
	}
}

// signer is where each holder of parental authority signs.
func signer(noms []string) papier.Tableau {
	t := papier.Tableau{Columns: []pdf.Column{{Title: "Responsable", Bold: true}, {Title: "Date", Width: 90}, {Title: "Signature", Width: 220}}, Ruled: true, Least: 34}
	var rows [][]string
	for _, n := range noms {
		rows = append(rows, []string{n})
	}
	if len(rows) == 0 {
		rows = [][]string{{""}, {""}}
	}
	t.Groups = []pdf.Group{{Rows: rows}}
	return t
}

func (l lu) fiche(e inscrit, f foyer.Foyer, c choix) papier.Piece {
	groups := []pdf.Group{e.etatCivil(f)}
	list := l.responsables[e.ID]
	for _, i := range f.Ici {
		groups = append(groups, list[i].coordonnees(f))
	}
	for _, i := range f.Ailleurs {
		groups = append(groups, pdf.Group{Title: list[i].titre(), Rows: [][]string{{"Coordonnées", "Connues de l’école, sur une autre fiche"}}})
	}
	if !f.Discret {
		groups = append(groups, prevenir(e.Contacts), e.services())
	}
	groups = append(groups, e.assurance(), e.autorisations())
	return papier.Piece{
		Pied: pdf.Footer{Date: date.Long(c.jour), Confidential: true},
		Blocs: []papier.Bloc{
			l.ecole.enTete("Année scolaire "+c.annee.Libelle(), e.Classe),
			papier.Titre{Titre: "Fiche de renseignements", Sous: []string{e.nom()}},
			papier.Remarque("Barrez ce qui est faux, écrivez ce qui est juste à droite, signez et rendez la fiche à l’école."),
			releve(groups...),
			signer(l.chez(e, f).Noms()),
			papier.Remarque(droits),
		},
	}
}

func (e inscrit) etatCivil(f foyer.Foyer) pdf.Group {
	rows := [][]string{
		{"Nom de famille", e.NomFamille}, {"Nom d’usage", e.NomUsage}, {"Prénoms", prenoms(e)}, {"Sexe", sexe(e.Sexe)},
		{"Né(e) le", date.Court(e.DateNaissance)}, {"Lieu de naissance", e.lieuNaissance()},
	}
	switch {
	case f.Cachee:
		rows = append(rows, []string{"Adresse", "Confidentielle, connue de la direction"})
	case f.Principal:
		rows = append(rows, []string{"Adresse", strings.Join(e.Lignes(), "\n")})
	default:
		rows = append(rows, []string{"Adresse", "À un autre foyer"})
	}
	return pdf.Group{Title: "Élève", Rows: rows}
}

func prenoms(e inscrit) string {
	return strings.Join(dits(e.Prenom, e.Prenom2, e.Prenom3), ", ")
}

func sexe(code string) string {
	if code == string(eleve.Feminin) {
		return "Fille"
	}
	return "Garçon"
}

func (e inscrit) lieuNaissance() string {
	if e.NeEtranger {
		return "À l’étranger"
	}
	if c, ok := commune.Find(e.CommuneNaissanceInsee); ok {
		return c.Libelle()
	}
	return ""
}

func (r responsable) titre() string { return r.Nom() + " – " + r.Lien.Label() }

func (r responsable) coordonnees(f foyer.Foyer) pdf.Group {
	adresse := strings.Join(r.Lignes(), "\n")
	if f.Cachee {
		adresse = "Confidentielle, connue de la direction"
	}
	rows := [][]string{{"Autorité parentale", ouiNon(r.AutoriteParentale)}}
	if r.Nature == eleve.Organisme {
		rows = append(rows, []string{"Fonction", r.Fonction})
	}
	rows = append(rows, []string{"Adresse", adresse}, []string{"Portable", r.TelPortable}, []string{"Domicile", r.TelDomicile},
		[]string{"Travail", r.TelTravail}, []string{"Courriel", r.Courriel},
		[]string{"Adresse communiquée aux associations de parents", ouiNon(r.Associations)})
	return pdf.Group{Title: r.titre(), Rows: rows}
}

func ouiNon(b bool) string {
	if b {
		return "Oui"
	}
	return "Non"
}

// prevenir lists the persons to call and those who may fetch the child, with room for two more.
func prevenir(list []contact) pdf.Group {
	g := pdf.Group{Title: "Personnes à prévenir ou autorisées à venir chercher l’enfant"}
	for _, c := range list {
		g.Rows = append(g.Rows, []string{c.roles(), strings.Join(append([]string{c.nom()}, c.telephones()...), "\n")})
	}
	for len(g.Rows) < 2 || len(g.Rows) < len(list)+1 {
		g.Rows = append(g.Rows, []string{"Nom, lien, téléphone", ""})
	}
	return g
}

func (c contact) roles() string {
	var list []string
	if c.Urgence {
		list = append(list, "à prévenir")
	}
	if c.Autorisee {
		list = append(list, "vient chercher l’enfant")
	}
	if l := c.Lien.Label(); l != "" {
		return l + "\u00a0: " + strings.Join(list, ", ")
	}
	return strings.Join(list, ", ")
}

func (e inscrit) services() pdf.Group {
	said := strings.Join(e.periscolaire().Services(), ", ")
	if said == "" {
		said = "Aucun service connu"
	}
	return pdf.Group{Title: "Périscolaire", Rows: [][]string{{"Services", said}}}
}

func (e inscrit) assurance() pdf.Group {
	return pdf.Group{Title: "Assurance scolaire", Rows: [][]string{
		{"Compagnie et contrat", strings.TrimSpace(e.Assureur + " " + e.NumContrat)},
		{"Garanties", e.garanties()},
		{"Attestation remise", ouiNon(e.AttestationFournie)},
	}}
}

func (e inscrit) garanties() string {
	var list []string
	if e.ResponsabiliteCivile {
		list = append(list, "responsabilité civile")
	}
	if e.IndividuelleAccident {
		list = append(list, "individuelle accident")
	}
	return strings.Join(list, ", ")
}

// autorisations are asked for each year: what nobody has answered is left blank.
func (e inscrit) autorisations() pdf.Group {
	photo, seul := "", ""
	if e.AutorisationsConnues {
		photo, seul = ouiNon(e.Photo), ouiNon(e.RentreSeul)
	}
	return pdf.Group{Title: "Autorisations", Rows: [][]string{
		{"Photographie à l’école", photo}, {"Rentre seul(e) à la maison", seul},
	}}
}

// ficheVierge is for a family that the school does not know yet.
func ficheVierge(e etablissement, annee ecole.Annee, le string) papier.Piece {
	parent := func(title string) pdf.Group {
		return pdf.Group{Title: title, Rows: [][]string{
			{"Nom et prénom"}, {"Lien avec l’enfant"}, {"Autorité parentale", "□ oui   □ non"}, {"Adresse"}, {"Portable"}, {"Domicile, travail"}, {"Courriel"},
			{"Adresse communiquée aux associations de parents", "□ oui   □ non"},
		}}
	}
	table := papier.Tableau{Columns: []pdf.Column{{Title: "Rubrique", Width: 150}, {Title: "À remplir"}}, Ruled: true, Least: 20, Groups: []pdf.Group{
		{Title: "Élève", Rows: [][]string{
			{"Nom de famille"}, {"Nom d’usage"}, {"Prénoms"}, {"Sexe", "□ fille   □ garçon"}, {"Né(e) le"}, {"Lieu de naissance"}, {"Adresse"}}},
		parent("Premier responsable"), parent("Second responsable"),
		{Title: "Personnes à prévenir ou autorisées à venir chercher l’enfant", Rows: [][]string{{"Nom, lien, téléphone"}, {"Nom, lien, téléphone"}}},
		{Title: "Périscolaire", Rows: [][]string{{"Services", "□ garderie du matin   □ restaurant   □ étude   □ garderie du soir   □ transport"}}},
		{Title: "Assurance scolaire", Rows: [][]string{{"Compagnie et contrat"}}},
		{Title: "Autorisations", Rows: [][]string{{"Photographie à l’école", "□ oui   □ non"}, {"Rentre seul(e) à la maison", "□ oui   □ non"}}},
	}}
	return papier.Piece{
		Pied: pdf.Footer{Date: le},
		Blocs: []papier.Bloc{
			e.enTete("Année scolaire " + annee.Libelle()), papier.Titre{Titre: "Fiche de renseignements"}, table, signer(nil), papier.Remarque(droits),
		},
	}
}
