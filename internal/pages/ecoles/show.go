package ecoles

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is the identity card of a school.
type fiche struct {
	UAI             string
	Nom             string
	Type            ecole.Type
	Secteur         ecole.Secteur
	Adresse         string
	CodePostal      string
	Commune         string
	Circonscription string
	RPI             string
	Telephone       string
	Courriel        string
	Directeur       string
	Ouverte         bool
	OuverteLe       *time.Time
	FermeeLe        *time.Time
	Niveaux         []string // those it opens, none for all those of its type
	Annonces        string   // decisions to come
}

// ficheSQL finds a school of the territory: the table itself is public.
const ficheSQL = `
	select e.uai, e.nom, e.type, e.secteur, e.adresse, e.code_postal, k.nom as commune, coalesce(c.nom, '') as circonscription,
		coalesce(e.rpi_code, '') as rpi, e.telephone, e.courriel, e.directeur, e.ouverte,
		e.ouverte_le, e.fermee_le, e.niveaux, coalesce((
			select string_agg(r.genre || ' au ' || to_char(r.date_effet, 'DD/MM/YYYY'), ', ' order by r.date_effet)
			from restructuration_ecole x join restructuration r on r.id = x.restructuration_id
			where x.ecole_uai = e.uai and r.faite_le is null and r.annulee_le is null), '') as annonces
	from ecole e join commune k on k.insee = e.commune_insee left join circonscription c on c.uai = e.circonscription_uai
	where e.uai = $1 and e.uai = any (portee_ecoles())`

// classe is a class of the school and its pupils.
type classe struct {
	ID          string
	Libelle     string
	Niveaux     []string
	Enseignant  string
	EffectifMax int
	Presents    int
	Attendus    int
}

const classesSQL = `
	select c.id::text, c.libelle_court as libelle, n.niveaux, c.enseignant, coalesce(c.effectif_max, 0) as effectif_max,
		p.presents, p.attendus
	from classe c
	cross join lateral (
		select array(select niveau from classe_niveau where classe_id = c.id order by array_position($3::text[], niveau)) as niveaux
	) n
	cross join lateral (
		select count(*) filter (where etat = 'admis_definitif')::int as presents,
			count(*) filter (where etat = 'admis_accepte')::int as attendus
		from scolarite where classe_id = c.id
	) p
	where c.ecole_uai = $1 and c.annee = $2
	order by array_position($3::text[], n.niveaux[1]), c.libelle_court, c.id`

// compte is how many pupils of a niveau are in a state.
type compte struct {
	Niveau string
	Etat   scolarite.Etat
	Nombre int
}

const comptesSQL = `
	select coalesce(niveau, '') as niveau, etat, count(*)::int as nombre from scolarite
	where ecole_uai = $1 and annee = $2 and etat in ('admis_accepte', 'admis_definitif', 'radie')
	group by 1, 2`

// vue is the sheet as the page shows it.
type vue struct {
	agent   habilitation.Agent
	annee   ecole.Annee
	fiche   fiche
	classes []classe
	comptes []compte
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := vue{agent: agent, annee: httpx.Annee(r.URL.Query(), agent)}
	uai := chi.URLParam(r, "uai")
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.fiche, ficheSQL, uai)
		territoire.Toutes(l, &v.classes, classesSQL, uai, int(v.annee), ecole.Niveaux())
		territoire.Toutes(l, &v.comptes, comptesSQL, uai, int(v.annee))
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(v))
}

func (v vue) nombre(n ecole.Niveau, e scolarite.Etat) int {
	for _, c := range v.comptes {
		if c.Niveau == string(n) && c.Etat == e {
			return c.Nombre
		}
	}
	return 0
}

// identite is the identity card, as the directory of the ministry has it.
func (v vue) identite() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Code UAI", Value: v.fiche.UAI},
		{Label: "Type", Value: v.fiche.Type.Libelle()},
		{Label: "Secteur", Value: v.fiche.Secteur.Libelle()},
		{Label: "Adresse", Value: v.fiche.adresse()},
		{Label: "Circonscription", Value: v.fiche.Circonscription},
	}
	for _, r := range []ui.SummaryRow{
		{Label: "Regroupement pédagogique", Value: v.fiche.RPI}, {Label: "Direction", Value: v.fiche.Directeur},
		{Label: "Téléphone", Value: v.fiche.Telephone}, {Label: "Courriel", Value: v.fiche.Courriel},
		{Label: "Niveaux ouverts", Value: strings.Join(v.fiche.Niveaux, ", ")},
	} {
		if r.Value != "" {
			rows = append(rows, r)
		}
	}
	if s := v.fiche.situation(); s != "" {
		rows = append(rows, ui.SummaryRow{Label: "Situation", Value: s})
	}
	return rows
}

// situation says that the school is closed, or what is decided of it; "" for one that is just open.
func (f fiche) situation() string {
	var list []string
	switch {
	case f.FermeeLe != nil && !f.Ouverte:
		list = append(list, "Fermée depuis le "+date.Court(*f.FermeeLe))
	case !f.Ouverte:
		list = append(list, "Fermée")
	case f.FermeeLe != nil:
		list = append(list, "Ferme le "+date.Court(*f.FermeeLe))
	case f.OuverteLe != nil:
		list = append(list, "Ouverture le "+date.Court(*f.OuverteLe))
	}
	if f.Annonces != "" {
		list = append(list, "Annoncé\u00a0: "+f.Annonces)
	}
	return strings.Join(list, "\u00a0; ")
}

func (f fiche) adresse() string {
	place := strings.TrimSpace(f.CodePostal + " " + f.Commune)
	if f.Adresse == "" {
		return place
	}
	return f.Adresse + ", " + place
}

// elevesHref is the list of the pupils of the school, of a niveau and a state where they are given.
func (v vue) elevesHref(niveau ecole.Niveau, etat scolarite.Etat) string {
	q := url.Values{"annee": {strconv.Itoa(int(v.annee))}, "ecole": {v.fiche.UAI}}
	if niveau != "" {
		q.Set("niveau", string(niveau))
	}
	if etat != "" {
		q.Set("etat", string(etat))
	}
	return "/eleves?" + q.Encode()
}

// etats are the lines of the table of effectifs.
var etats = []struct {
	etat    scolarite.Etat
	libelle string
}{{scolarite.AdmisDefinitif, "Présents"}, {scolarite.AdmisAccepte, "Attendus"}, {scolarite.Radie, "Radiés"}}

// effectifs is the table of the states by niveau; the states do not add up.
func (v vue) effectifs() ui.TableProps {
	t := ui.TableProps{Caption: "Effectifs par niveau", Columns: []ui.Column{{Label: "Élèves"}}}
	for _, n := range v.fiche.Type.Niveaux() {
		t.Columns = append(t.Columns, ui.Column{Label: string(n), Number: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Total", Number: true})
	for _, e := range etats {
		row := ui.ListRow{Cells: ui.Cells(e.libelle)}
		total := 0
		for _, n := range v.fiche.Type.Niveaux() {
			nombre := v.nombre(n, e.etat)
			total += nombre
			row.Cells = append(row.Cells, nombreCell(nombre, v.elevesHref(n, e.etat)))
		}
		row.Cells = append(row.Cells, nombreCell(total, v.elevesHref("", e.etat)))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// listeClasses is the table of the classes; a mairie reads their counts, not the names in them. The maximum stands
// where some class has one.
func (v vue) listeClasses() ui.TableProps {
	bounded := slices.ContainsFunc(v.classes, func(c classe) bool { return c.EffectifMax > 0 })
	t := ui.TableProps{Caption: "Classes", Columns: []ui.Column{{Label: "Classe"}, {Label: "Niveaux"}, {Label: "Enseignant"},
		{Label: "Présents", Number: true}, {Label: "Attendus", Number: true}}}
	if bounded {
		t.Columns = append(t.Columns, ui.Column{Label: "Maximum", Number: true})
	}
	for _, c := range v.classes {
		row := ui.ListRow{Cells: ui.Cells(c.Libelle, strings.Join(c.Niveaux, ", "), c.Enseignant, said(c.Presents), said(c.Attendus))}
		if bounded {
			row.Cells = append(row.Cells, ui.Cell(said(c.EffectifMax)))
		}
		if v.agent.Can(habilitation.ConsulterClasses) {
			row.Href = "/classes/" + c.ID
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// nombreCell is a count that leads to its list; where there is nobody there is no list.
func nombreCell(n int, href string) templ.Component {
	if n == 0 {
		href = ""
	}
	return ui.LinkCell(said(n), href)
}
