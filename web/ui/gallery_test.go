package ui_test

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"time"

	"base-eleves/web/ui"

	"github.com/a-h/templ"
)

// The gallery shows each component in its states: usual, empty, wrong, too long.
var gallery = map[string]templ.Component{
	"accueil": page("Tableau de bord", homeGallery(), ui.Lead("Année scolaire 2026-2027 · semaine de la rentrée")),
	"liste": page("Élèves", ui.List(listGallery(30)), ui.Actions(
		ui.LinkButton("Nouvel élève", "#", ui.Info))),
	"liste-vide": page("Élèves", ui.List(listGallery(0))),
	"formulaire": page("Inscrire un élève", formGallery(nil), ui.Crumbs(
		ui.Crumb{Label: "Inscriptions", Href: "/inscriptions"})),
	"formulaire-refuse": page("Inscrire un élève", formGallery(ui.Errors{
		{Field: "nom_famille", Message: "Indiquez le nom de famille."},
		{Field: "naissance_le", Message: "Cette date n’existe pas : 31/02/2020. Écrivez par exemple 12/04/2018."},
		{Field: "sexe", Message: "Choisissez le sexe."},
		{Field: "niveaux", Message: "Cochez au moins un niveau."},
		{Field: "autorite", Message: "Dites si ce responsable a l’autorité parentale."},
		{Message: "L’école n’accepte plus d’inscription pour cette année."},
	}), ui.Failed(true)),
	"dossier":    page("DUPONT-DE LA FONTAINE Maximilienne Éléonore", recordGallery(), recordOptions()...),
	"conflit":    page("Modifier l’adresse", conflictGallery()),
	"confirmer":  page("Radier DUPONT Lina", confirmGallery()),
	"effectifs":  page("Effectifs", effectifsGallery()),
	"graphiques": page("Graphiques", chartsGallery()),
	"connexion":  public("Connexion", loginGallery()),
	"introuvable": public("Page introuvable", seq(
		text("Cette page n’existe pas, ou n’est pas dans votre périmètre."),
		ui.LinkButton("Retour à l’accueil", "/", ui.Neutral))),
}

func galleryFrame(nonce string) ui.Frame {
	return ui.Frame{
		Nonce: nonce, Jeton: func() string { return "jeton-de-galerie" },
		Agent: "Claire Fabre-Lacoste", Role: "Directrice",
		Territoire: "École élémentaire Jean-Jaurès, Tarbes", CanSwitch: true,
		CanSearch: true, Suggestions: "/recherche", Demo: true, Version: "0.1",
		Now: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC),
		Menu: []ui.MenuItem{
			{Label: "Accueil", Href: "/accueil"}, {Label: "Élèves", Href: "/liste", Current: true},
			{Label: "Admissions", Href: "#", Count: 12}, {Label: "Classes", Href: "#"}, {Label: "Passages et 6e", Href: "#", Count: 3},
			{Label: "Mouvements", Href: "#"}, {Label: "Éditions", Href: "#"}, {Label: "Effectifs", Href: "/effectifs"},
		},
		Rubrique: ui.Rubrique{Label: "Élèves", Items: []ui.MenuItem{
			{Label: "Élèves", Href: "/liste", Current: true}, {Label: "Hors de l’école", Href: "#"}, {Label: "Sans INE", Href: "#", Count: 2},
		}},
		Flash: &ui.Flash{Message: "3 élèves admis au 1er septembre 2026.", Kind: ui.Success, UndoAction: "/annuler"},
	}
}

func homeGallery() templ.Component {
	return seq(
		in(ui.Section("À faire", nil), ui.TaskList([]ui.Task{
			{Title: "Élèves à admettre", Count: 12, Why: "La mairie de Tarbes les a inscrits ; la plus ancienne demande a 9 jours.",
				Due: "avant le 1er septembre", Href: "#1", Action: "Admettre"},
			{Title: "Élèves sans classe", Count: 3, Why: "Ils n’apparaissent sur aucune liste d’appel.", Href: "#2", Action: "Répartir"},
			{Title: "Rien ici", Count: 0, Href: "#3", Action: "Voir"},
			{Title: "Dossiers à compléter", Count: 1248, Why: "Téléphone du responsable absent.", Href: "#4", Action: "Compléter"},
		})),
		in(ui.Section("Sans tâche", nil), ui.TaskList(nil)),
		in(ui.Section("L’école en chiffres", ui.LinkButton("Effectifs", "#5", ui.Neutral)), ui.Stats([]ui.Stat{
			{Label: "élèves", Value: "212"}, {Label: "classes", Value: "9", Href: "#6"}, {Label: "élèves par classe", Value: "23,6"}})),
		in(ui.Alert(ui.Info, "Année 2027-2028 ouverte"), text("Vous pouvez déjà préparer les classes.")),
		in(ui.Alert(ui.Warning, "Constat d’effectifs à valider avant le 22 septembre")),
		in(ui.Alert(ui.Danger, "Le registre de l’INE ne répond pas")),
		ui.UndoBar(ui.UndoProps{Message: "12 élèves placés en CM1 A.", Action: "#"}),
	)
}

func listGallery(n int) ui.ListProps {
	names := []string{"ABADIE Jeanne", "NGUYỄN Thị Ánh", "DUPONT-DE LA FONTAINE Maximilienne Éléonore",
		"D’ARTAGNAN Zoé", "ŁUKASZEWICZ Łucja", "EL MOUSSAOUI Yanis"}
	tags := []templ.Component{ui.Tag("Admis", ui.Success), ui.Tag("À admettre", ui.Warning),
		ui.Tag("Radié", ui.Neutral), ui.Tag("INE en attente", ui.Info), ui.Tag("Incomplet", ui.Danger)}
	var rows []ui.ListRow
	for i := range n {
		name := names[i%len(names)]
		cells := ui.Cells(name, fmt.Sprintf("%02d/%02d/2018", i%28+1, i%12+1), "CM1", "CM1 A – Mme Lassalle", "27")
		rows = append(rows, ui.ListRow{ID: fmt.Sprintf("id-%d", i), Href: "#eleve", Label: name,
			Cells: append(cells, tags[i%len(tags)])})
	}
	return ui.ListProps{
		Caption: "Élèves de l’école", Path: "/liste",
		Scope: "Vous voyez les élèves de l’école élémentaire Jean-Jaurès, Tarbes.",
		Query: url.Values{"q": {"du"}, "niveau": {"CM1"}, "tri": {"nom"}},
		Sort:  "nom", Search: "Nom ou prénom",
		Columns: []ui.Column{{Key: "nom", Label: "Nom et prénom", Sortable: true},
			{Key: "naissance_le", Label: "Date de naissance", NarrowLabel: "Né(e) le", Sortable: true},
			{Label: "Niveau"}, {Label: "Classe"}, {Label: "Jours", Number: true}, {Label: "État"}},
		Rows: rows,
		Filters: []ui.Filter{
			{Name: "niveau", Label: "Niveau", Options: []ui.Option{{Value: "CM1", Label: "CM1"}, {Value: "CM2", Label: "CM2"}}},
			{Name: "classe", Label: "Classe", All: "Toutes", Options: []ui.Option{{Value: "1", Label: "CM1 A", Group: "Cycle 3"}}},
			{Name: "le", Label: "Au"}},
		Pager: ui.Pager{Page: 2, PerPage: 30, Total: 3000},
		Bulk:  []ui.BulkAction{{Label: "Placer dans la classe", Action: "/placer"}, {Label: "Radier", Action: "/radier", Danger: true}},
		BulkFields: ui.Select(ui.Field{Name: "classe_id", Label: "Classe", Required: true},
			[]ui.Option{{Value: "1", Label: "CM1 A"}, {Value: "2", Label: "CM1-CM2 B"}}),
		Exports: []string{"csv", "xlsx", "pdf"},
		Empty: ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères.", Href: "/liste",
			Action: "Voir tous les élèves"},
	}
}

func formGallery(errs ui.Errors) templ.Component {
	field := func(name, label, value string) ui.Field {
		return ui.Field{Name: name, Label: label, Value: value, Error: errs.On(name), Required: true}
	}
	hint := field("prenom", "Prénoms", "Lina, Jeanne")
	hint.Hint, hint.Required = "séparés par une virgule, dans l’ordre de l’état civil", false
	liens := []ui.Option{{Value: "mere", Label: "Mère", Group: "Parents"}, {Value: "pere", Label: "Père", Group: "Parents"},
		{Value: "ase", Label: "Aide sociale à l’enfance", Group: "Organismes"}}
	return seq(
		ui.Drafts([]ui.Draft{{Key: "/formulaire#1", Since: "20/11/2026 à 10 h 05", About: "Lina Abadie", Resume: "#", Erase: "#"}}),
		ui.Steps([]string{"Recherche", "Enfant", "Responsables", "École", "Vérification"}, 1),
		in(ui.Form(ui.FormProps{Submit: "Enregistrer l’inscription", Cancel: "/inscriptions", Version: 3, Errors: errs,
			Next: "Enregistrer et inscrire un autre", Draft: "0b000000-0000-4000-8000-000000000001"}),
			in(ui.Fieldset("L’enfant"),
				in(ui.Columns(),
					ui.Text(field("nom_famille", "Nom de famille", "DUPONT-DE LA FONTAINE")), ui.Text(hint),
					ui.Date(field("naissance_le", "Date de naissance", "31/02/2020")),
					ui.Commune(field("naissance_commune", "Commune de naissance", ""), "")),
				ui.Swap("Intervertir le nom et le prénom", "nom_famille", "prenom"),
				ui.Radios(field("sexe", "Sexe", ""), []ui.Option{{Value: "F", Label: "Fille"}, {Value: "M", Label: "Garçon"}}),
				ui.Checkboxes(field("niveaux", "Niveaux possibles", ""), []ui.Option{{Value: "CP", Label: "CP", Checked: true},
					{Value: "CE1", Label: "CE1", Hint: "un an d’avance"}, {Value: "CE2", Label: "CE2", Disabled: true}})),
			in(ui.Fieldset("Premier responsable"),
				in(ui.Columns(),
					ui.Select(field("responsable.0.lien", "Lien avec l’enfant", ""), liens),
					ui.Select(field("responsable.0.civilite", "Civilité", "M"), []ui.Option{{Value: "M", Label: "M."}}),
					ui.Email(ui.Field{Name: "responsable.0.courriel", Label: "Courriel"}),
					ui.Tel(ui.Field{Name: "responsable.0.telephone", Label: "Téléphone", Width: ui.Medium}),
					ui.Number(ui.Field{Name: "rang", Label: "Rang d’appel", Width: ui.Small, MaxLength: 2})),
				ui.Checkbox(ui.Field{Name: "autorite", Label: "A l’autorité parentale", Value: "true",
					Hint: "Décochez si un jugement l’a retirée.", Error: errs.On("autorite")}),
				ui.Textarea(ui.Field{Name: "motif", Label: "Motif de la dérogation", MaxLength: 400}),
				ui.File(ui.Field{Name: "fichier", Label: "Fichier de la mairie"}))),
	)
}

func recordOptions() []ui.PageOption {
	return []ui.PageOption{
		ui.Crumbs(ui.Crumb{Label: "Élèves", Href: "/liste"}, ui.Crumb{Label: "CM1 A", Href: "#"}),
		ui.Lead("Née le 12 avril 2018 · CM1 A – Mme Lassalle · admise le 1er septembre 2026"),
		ui.Actions(seq(ui.LinkButton("Certificat de scolarité", "#", ui.Neutral), ui.LinkButton("Radier", "#", ui.Neutral))),
	}
}

func recordGallery() templ.Component {
	etatCivil := []ui.SummaryRow{
		{Label: "Nom de famille", Value: "DUPONT-DE LA FONTAINE", Href: "#", Action: "Modifier"},
		{Label: "Prénoms", Value: "Maximilienne, Éléonore, Marie-Antoinette", Href: "#", Action: "Modifier"},
		{Label: "Nom d’usage"}, {Label: "Naissance", Value: "12/04/2018 à Bagnères-de-Bigorre (65200)"},
		{Label: "INE", Content: ui.Masked(ui.MaskedProps{Value: "••••••••045K", Href: "#ine", Action: "Afficher l’INE"})},
		{Label: "État", Content: ui.Tag("Admise", ui.Success)}}
	responsables := ui.TableProps{Caption: "Responsables",
		Columns: []ui.Column{{Label: "Nom"}, {Label: "Lien"}, {Label: "Téléphone", Whole: true}},
		Rows: []ui.ListRow{{Href: "#r", Cells: ui.Cells("FABRE Claire", "Mère", "05 62 00 00 00")},
			{Cells: ui.Cells("DÉPARTEMENT DES HAUTES-PYRÉNÉES", "Aide sociale à l’enfance", "")}}}
	return seq(
		ui.SectionNav("Dossier", []ui.Tab{{Label: "Identité", Href: "#", Current: true}, {Label: "Responsables", Href: "#", Count: 2},
			{Label: "Scolarité", Href: "#"}, {Label: "Périscolaire", Href: "#"}, {Label: "Historique", Href: "#"}}),
		in(ui.Columns(),
			in(ui.Section("État civil", nil), ui.SummaryList(etatCivil)),
			in(ui.Section("Responsables", ui.LinkButton("Ajouter", "#a", ui.Neutral)), ui.Table(responsables))),
		in(ui.Details("Historique des modifications"), text("01/09/2026 : adresse modifiée par Claire Fabre.")),
	)
}

func conflictGallery() templ.Component {
	return seq(ui.Conflict(ui.ConflictProps{By: "Paul Cazaux", At: "1er septembre 2026 à 10 h 32", Rows: []ui.ConflictRow{
		{Label: "Rue", Theirs: "12 rue des Pyrénées", Mine: "12 bis rue des Pyrénées"},
		{Label: "Téléphone", Theirs: "", Mine: "05 62 00 00 00"}}}),
		in(ui.Form(ui.FormProps{Submit: "Enregistrer ma version", Cancel: "#", Version: 4}),
			ui.Text(ui.Field{Name: "rue", Label: "Rue", Value: "12 bis rue des Pyrénées", Required: true})))
}

func confirmGallery() templ.Component {
	return in(ui.Confirm(ui.ConfirmProps{
		Consequences: []string{"Lina quitte la CM1 A le 15 octobre 2026.", "Le certificat de radiation devient imprimable.",
			"La mairie de Tarbes en est informée.", "Vous pourrez annuler pendant 30 jours."},
		Form: ui.FormProps{Submit: "Radier l’élève", Danger: true, Cancel: "/dossier"}}),
		ui.Date(ui.Field{Name: "radie_le", Label: "Date de radiation", Required: true}))
}

func effectifsGallery() templ.Component {
	return ui.Effectifs(ui.EffectifsProps{Caption: "Effectifs par école et par niveau", Head: "École",
		Columns: []string{"TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"},
		Rows: []ui.EffectifRow{
			{Label: "École maternelle Arbizon, Tarbes", Href: "#", Counts: []int{4, 25, 24, 27, 0, 0, 0, 0, 0}},
			{Label: "École élémentaire Jean-Jaurès, Tarbes", Href: "#", Counts: []int{0, 0, 0, 0, 40, 44, 38, 1041, 49}}}})
}

func chartsGallery() templ.Component {
	return seq(in(ui.ChartBeside(ui.Pyramid(ui.PyramidProps{ID: "ages", Title: "Pyramide des âges", Left: "Filles", Right: "Garçons",
		Bands: []ui.PyramidBand{{Label: "2018", Left: 12, Right: 15}, {Label: "2019", Left: 1, Right: 0}}})),
		ui.Table(ui.TableProps{Caption: "Âges", Columns: []ui.Column{{Label: "Année de naissance"}, {Label: "Total", Number: true}},
			Rows: []ui.ListRow{{Cells: ui.Cells("2018", "27")}, {Cells: ui.Cells("2019", "1")}}})),
		ui.Bars(ui.BarsProps{ID: "annees", Title: "Évolution", Parts: []string{"Cycle 1", "Cycle 2", "Cycle 3", "À préciser"},
			Bars: []ui.Bar{{Label: "2025-2026", Counts: []int{80, 90, 40, 0}}, {Label: "2026-2027", Counts: []int{75, 95, 44, 2}}}}))
}

func loginGallery() templ.Component {
	return in(ui.Form(ui.FormProps{Submit: "Se connecter", Errors: ui.Errors{{Message: "Identifiant ou mot de passe inconnu."}}}),
		ui.Text(ui.Field{Name: "identifiant", Label: "Identifiant", Required: true, Autocomplete: "username", Width: ui.Medium}),
		ui.Password(ui.Field{Name: "mot_de_passe", Label: "Mot de passe", Required: true, Width: ui.Medium}),
		ui.Code(ui.Field{Name: "code", Label: "Code de votre clé", Hint: "six chiffres", Required: true}))
}

func page(title string, body templ.Component, options ...ui.PageOption) templ.Component {
	return in(ui.Page(title, options...), body)
}

func public(title string, body templ.Component) templ.Component {
	return in(ui.PublicPage(title), body)
}

// in puts children into a component, as a .templ file does with braces.
func in(c templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, seq(children...)), w)
	})
}

func seq(parts ...templ.Component) templ.Component { return templ.Join(parts...) }

func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<p>"+templ.EscapeString(s)+"</p>")
		return err
	})
}
