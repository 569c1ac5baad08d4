// Package ui is the look of the application: components that take plain structs and give
// HTML. Page authors come here for layouts, forms, lists and small parts; nothing here knows
// the trade, the database or the router. Only the frame (who acts, menu, token) comes from
// the context, put there once by httpx with [WithFrame].
//
// # A page
//
//	@ui.Page("Élèves", ui.Lead("Année 2026-2027"), ui.Actions(newButton())) { … }
//
// [Page] gives the header, the menu, the banner and the <h1>; [PublicPage] is for who is not
// logged in. The options are [Heading], [Lead], [Crumbs], [Actions], [Failed] and [With].
//
// # A form page
//
// A form posts to its own address. Names are the columns' names. Every value typed comes
// back, right or wrong: httpx.Form.Field sets the Value and the Error of a field. Nothing is
// required unless said: other labels end with (facultatif).
//
//	templ showPage(e enAttente, f *httpx.Form) {
//		@ui.Page("Admettre "+e.Prenom, ui.Failed(len(f.Errors()) > 0), ui.Crumbs(
//			ui.Crumb{Label: "Admissions", Href: "/admissions"})) {
//			@ui.Form(ui.FormProps{Submit: "Admettre l’élève", Cancel: "/admissions",
//				Version: e.Version, Errors: f.Errors()}) {
//				@ui.Fieldset("Admission") {
//					@ui.Date(f.Field(ui.Field{Name: "admis_le", Label: "Date d’effet", Required: true}))
//					@ui.Radios(f.Field(ui.Field{Name: "niveau", Label: "Niveau", Required: true}), niveaux)
//				}
//				@ui.Columns() {
//					@ui.Text(f.Field(ui.Field{Name: "nom_famille", Label: "Nom de famille"}))
//					@ui.Commune(f.Field(ui.Field{Name: "naissance_commune", Label: "Commune"}), e.CommuneCode)
//				}
//			}
//		}
//	}
//
// Inside a form, [Columns] sets labels and inputs on common lines. [Confirm] is a form under
// its consequences; [PostButton] is a form of one button; [Conflict] stands above a form.
//
// What the form sends besides its fields: "jeton" (anti-forgery token and idempotency key),
// "version" when above zero, and for [Commune] the INSEE code as "<name>_code". With a
// script the text becomes "Tarbes (65000)" and the code follows it; without one the code is
// what the page said last, so the server trusts it only where the text still names that
// commune, and otherwise reads the text, which may be a name, a postal code, or both. A ticked
// [Checkbox] sends "true". A refused form answers 422 with the same page.
//
// Fields of a repeated group are called "responsable.0.nom_famille". The id of a field is
// [FieldID] of its name, to which the error summary links.
//
// [Commune] fetches /communes?q= and reads
// [{"code":"65440","nom":"Tarbes","cp":"65000","dep":"65"}]. The search of the header fetches
// [Frame].Suggestions?q= and reads [{"nom":"DUPONT Lina","detail":"CM1 A","href":"/eleves/…"}].
//
// # A list page
//
//	@ui.Page("Élèves") {
//		@ui.List(ui.ListProps{
//			Caption: "Élèves", Scope: "Vous voyez les élèves de l’école Jean-Jaurès.",
//			Path: "/eleves", Query: r.URL.Query(), Sort: "nom", Search: "Nom ou prénom",
//			Columns: []ui.Column{{Key: "nom", Label: "Nom", Sortable: true}, {Label: "Classe"}},
//			Rows:    []ui.ListRow{{ID: id, Href: "/eleves/" + id, Label: "DUPONT Lina",
//				Cells: ui.Cells("DUPONT Lina", "CM1 A")}},
//			Filters: []ui.Filter{{Name: "classe", Label: "Classe", All: "Toutes", Options: classes}},
//			Pager:   ui.Pager{Page: 1, PerPage: 50, Total: 212},
//			Bulk:    []ui.BulkAction{{Label: "Placer dans une classe", Action: "/repartition"}},
//			Exports: []string{"csv", "xlsx", "pdf"},
//			Empty:   ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères."},
//		})
//	}
//
// Its parameters are q, the names of the filters, tri (key of a column), sens ("desc" or
// nothing) and page. The lines selected are posted as "id", with "jeton".
package ui
