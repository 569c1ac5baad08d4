package ui_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"base-eleves/web/ui"

	"github.com/a-h/templ"
)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var html strings.Builder
	if err := c.Render(ui.WithFrame(context.Background(), galleryFrame("n0nce")), &html); err != nil {
		t.Fatal(err)
	}
	return html.String()
}

// Each line tells what a component must say, and what it must not.
func TestHTML(t *testing.T) {
	t.Parallel()
	wrong := ui.Field{Name: "responsable.0.nom", Label: "Nom", Hint: "en capitales", Value: "<b>", Error: "Indiquez le nom."}
	for _, tt := range []struct {
		name string
		c    templ.Component
		has  []string
		not  []string
	}{
		{"what is typed comes back escaped", ui.Text(wrong), []string{`value="&lt;b&gt;"`}, []string{"<b>"}},
		{"hint and error are tied to the input", ui.Text(wrong), []string{
			`aria-describedby="champ-responsable.0.nom-aide champ-responsable.0.nom-erreur"`, `aria-invalid="true"`,
			`id="champ-responsable.0.nom-aide"`, `id="champ-responsable.0.nom-erreur"`, `<label for="champ-responsable.0.nom">`}, nil},
		{"a right field says nothing more", ui.Text(ui.Field{Name: "nom", Label: "Nom", Required: true}),
			[]string{"required"}, []string{"aria-invalid", "aria-describedby", "facultatif"}},
		{"what is not required says so", ui.Text(ui.Field{Name: "nom", Label: "Nom"}), []string{"(facultatif)"}, []string{"required"}},
		{"agents type other people’s data", ui.Text(ui.Field{Name: "nom"}), []string{`autocomplete="off"`}, nil},
		{"a password never comes back", ui.Password(ui.Field{Name: "p", Value: "secret"}),
			[]string{`autocomplete="current-password"`}, []string{"secret"}},
		{"a date shows how to type it", ui.Date(ui.Field{Name: "d"}), []string{`inputmode="numeric"`, "120418"}, nil},
		{"a key’s code", ui.Code(ui.Field{Name: "code"}), []string{`autocomplete="one-time-code"`}, nil},
		{"the code of a commune goes beside its name", ui.Commune(ui.Field{Name: "commune", Value: "Tarbes"}, "65440"),
			[]string{`name="commune" value="Tarbes"`, `name="commune_code" value="65440"`, `aria-describedby="champ-commune-aide"`}, nil},
		{"nothing is chosen in advance", ui.Select(ui.Field{Name: "s", Required: true}, []ui.Option{{Value: "1", Label: "CP"}}),
			[]string{`<option value="">Choisir</option>`}, []string{"selected"}},
		{"what is chosen stays", ui.Select(ui.Field{Name: "s", Value: "1", Required: true}, []ui.Option{{Value: "1", Label: "CP"}}),
			[]string{`value="1" selected`}, []string{"Choisir"}},
		{"the summary leads to the first radio", ui.Radios(ui.Field{Name: "sexe", Error: "Choisissez."}, []ui.Option{{Value: "F"}, {Value: "M"}}),
			[]string{`role="radiogroup"`, `aria-invalid="true"`, `type="radio" id="champ-sexe"`, `id="champ-sexe-1"`}, nil},
		{"a box is ticked by what it sends", ui.Checkbox(ui.Field{Name: "b", Value: "true"}), []string{`value="true" checked`}, nil},
		{"a box is not ticked by no", ui.Checkbox(ui.Field{Name: "b", Value: "false"}), nil, []string{"checked"}},
		{"a form carries token and version", ui.Form(ui.FormProps{Version: 3}),
			[]string{`name="jeton" value="jeton-de-galerie"`, `name="version" value="3"`, `method="post"`}, []string{`role="alert"`, "action"}},
		{"a GET form carries no token", ui.Form(ui.FormProps{Method: "get"}), nil, []string{"jeton", "version"}},
		{"one error", ui.ErrorSummary(ui.Errors{{Field: "nom", Message: "Indiquez le nom."}}),
			[]string{`role="alert"`, "Il y a une erreur", `<a href="#champ-nom">Indiquez le nom.</a>`}, nil},
		{"several errors", ui.ErrorSummary(ui.Errors{{Message: "a"}, {Message: "b"}}), []string{"Il y a 2\u00a0erreurs"}, []string{"<a"}},
		{"a script has the nonce", ui.PublicPage("Connexion"), []string{`nonce="n0nce"`, "<title>Connexion – Base élèves</title>"}, []string{" style="}},
		{"the title says the failure", ui.Page("Connexion", ui.Failed(true)), []string{"<title>Erreur\u00a0: Connexion"}, nil},
		{"one always knows for whom one acts", ui.Page("x"), []string{"Vous agissez pour", "Jean-Jaurès", `href="/connexion/habilitation"`,
			"Base de démonstration", `action="/deconnexion"`, `aria-current="page"`}, nil},
		{"a dangerous address is disarmed", ui.LinkButton("x", "javascript:alert(1)", ui.Info), nil, []string{"javascript:"}},
		{"nothing to do is said", ui.TaskList([]ui.Task{{Title: "Élèves", Count: 0}}), []string{"Rien à faire"}, []string{"Élèves"}},
		{"a zero does not clutter counts", ui.Effectifs(ui.EffectifsProps{Columns: []string{"CP"}, Rows: []ui.EffectifRow{{Counts: []int{0}}, {Counts: []int{7}}}}),
			[]string{"·", "<strong>7</strong>"}, []string{">0</td>"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			html := render(t, tt.c)
			for _, want := range tt.has {
				if !strings.Contains(html, want) {
					t.Errorf("no %s in\n%s", want, html)
				}
			}
			for _, no := range tt.not {
				if strings.Contains(html, no) {
					t.Errorf("%s in\n%s", no, html)
				}
			}
		})
	}
}

func TestListAddresses(t *testing.T) {
	t.Parallel()
	html := render(t, ui.List(listGallery(2)))
	for what, want := range map[string]string{
		"sorting again turns the order round":  `href="/liste?niveau=CM1&amp;q=du&amp;sens=desc&amp;tri=nom"`,
		"another column begins upwards":        `href="/liste?niveau=CM1&amp;q=du&amp;tri=naissance_le"`,
		"the order is said":                    `aria-sort="ascending"`,
		"a chip removes its filter":            `href="/liste?q=du&amp;tri=nom"`,
		"all filters go at once":               `href="/liste?tri=nom"`,
		"pages keep the filters":               `href="/liste?niveau=CM1&amp;page=3&amp;q=du&amp;tri=nom"`,
		"an export is the list that one sees":  `href="/liste.csv?niveau=CM1&amp;q=du&amp;tri=nom"`,
		"filtering keeps the order":            `<input type="hidden" name="tri" value="nom">`,
		"the ranks are shown":                  "31–60 sur\u00a03\u00a0000",
		"a line is named for screen readers":   `aria-label="Sélectionner NGUYỄN Thị Ánh"`,
		"its first cell is a heading":          `<th scope="row"><a href="#eleve">`,
		"bulk actions post where they must":    `formaction="/placer"`,
		"a filter without value shows its all": `<option value="">Toutes</option>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("%s: no %s", what, want)
		}
	}
	if empty := render(t, ui.List(listGallery(0))); !strings.Contains(empty, "Aucun élève") || strings.Contains(empty, "<table") {
		t.Errorf("an empty list must be a sentence:\n%s", empty)
	}
}

func TestPlainListHasNoForm(t *testing.T) {
	t.Parallel()
	html := render(t, ui.List(ui.ListProps{Path: "/e", Query: url.Values{}, Columns: []ui.Column{{Label: "Nom"}},
		Rows: []ui.ListRow{{Cells: ui.Cells("A & B")}}, Pager: ui.Pager{Page: 1, PerPage: 50, Total: 1}}))
	for _, no := range []string{"<form", "checkbox", "pager", "chips"} {
		if strings.Contains(html, no) {
			t.Errorf("%s in\n%s", no, html)
		}
	}
	if !strings.Contains(html, "A &amp; B") || !strings.Contains(html, "1\u00a0ligne") {
		t.Errorf("no escaped cell or count in\n%s", html)
	}
}

func TestIDsAreUnique(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(` id="([^"]*)"`)
	for name, c := range gallery {
		seen := map[string]bool{}
		for _, m := range id.FindAllStringSubmatch(render(t, c), -1) {
			if seen[m[1]] {
				t.Errorf("%s: two elements are %q", name, m[1])
			}
			seen[m[1]] = true
		}
	}
}

func TestTypography(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ got, want string }{
		{ui.Count(0), "0"}, {ui.Count(999), "999"}, {ui.Count(1000), "1\u00a0000"}, {ui.Count(6500042), "6\u00a0500\u00a0042"},
		{ui.Count(-1005), "−1\u00a0005"},
		{ui.Plural(0, "élève", "élèves"), "0\u00a0élève"}, {ui.Plural(1, "élève", "élèves"), "1\u00a0élève"},
		{ui.Plural(2, "élève", "élèves"), "2\u00a0élèves"},
		{ui.Day(first), "01/09/2026"}, {ui.Day(time.Time{}), ""},
		{ui.LongDay(first), "1er\u00a0septembre\u00a02026"}, {ui.LongDay(first.AddDate(0, 0, 1)), "2\u00a0septembre\u00a02026"},
		{ui.LongDay(time.Time{}), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

// French puts a no-break space inside « » and before : ; ? !, or a line may begin with them.
func TestNoBreakSpaces(t *testing.T) {
	t.Parallel()
	tag, breakable := regexp.MustCompile(`<[^>]*>`), regexp.MustCompile(`.{0,20}(« | [»:;?!]).{0,10}`)
	for _, c := range []templ.Component{
		ui.Page("x"), ui.Form(ui.FormProps{}), ui.Confirm(ui.ConfirmProps{}), ui.Conflict(ui.ConflictProps{}),
		ui.ShortcutSwitch(), ui.Alert(ui.Warning, "x"), ui.List(listGallery(1)), ui.Text(ui.Field{Error: "x"}),
	} {
		if found := breakable.FindString(tag.ReplaceAllString(render(t, c), "")); found != "" {
			t.Errorf("breakable: %q", found)
		}
	}
	if !breakable.MatchString("quoi ?") {
		t.Error("the expression finds nothing")
	}
}

// A page of 30 lines, compressed as httpx does: at most 4 KB (design.md §8).
func TestListWeight(t *testing.T) {
	t.Parallel()
	var size counter
	w, _ := gzip.NewWriterLevel(&size, 5)
	_, _ = io.WriteString(w, render(t, gallery["liste"]))
	_ = w.Close()
	if size > 4096 {
		t.Errorf("%d bytes, more than 4096", size)
	}
	t.Logf("%d bytes", size)
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// Whoever saved first, the sentence is one of French: a space between its words, no name of what was changed.
func TestConflictSaysWho(t *testing.T) {
	t.Parallel()
	for by, want := range map[string]string{
		"": "Quelqu’un a enregistré des changements pendant votre saisie.", "Paul Cazaux": "Paul Cazaux a enregistré des changements",
	} {
		text := strings.NewReplacer("<strong>", "", "</strong>", "").Replace(render(t, ui.Conflict(ui.ConflictProps{By: by})))
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said in %s", want, text)
		}
	}
}
