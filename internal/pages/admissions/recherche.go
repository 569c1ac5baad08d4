package admissions

import (
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// critere is what must be known of a child to look for him everywhere: the whole name and the day of birth, so that
// nobody leafs through the register of others.
type critere struct {
	nom, prenom string
	naissance   time.Time
}

func readCritere(f *httpx.Form) critere {
	return critere{
		nom:       f.Required("nom_famille", 100, "Indiquez le nom de famille entier."),
		prenom:    f.Required("prenom", 100, "Indiquez le prénom."),
		naissance: f.Date("date_naissance", "Indiquez la date de naissance, par exemple 12/04/2018."),
	}
}

func (c critere) identite() eleve.Identite {
	return eleve.Identite{NomFamille: c.nom, Prenom: c.prenom, DateNaissance: c.naissance}
}

// candidat is a child of that name and of that day.
type candidat struct {
	eleve.Connu
	ici         bool       // this school holds his file
	inscription *uuid.UUID // by which this school expects him already
}

// proche is a child of this school of that name, or born on that day: a name may have been typed otherwise.
type proche struct {
	EleveID       uuid.UUID
	InscriptionID *uuid.UUID
	NomFamille    string
	Prenom        string
	DateNaissance time.Time
	Dossier       bool // this school holds the file
}

const prochesSQL = `
	with attendu as (
		select i.id, i.eleve_id, i.nom_famille, i.prenom, i.date_naissance, i.cle_nom
		from inscription i left join scolarite s on s.inscription_id = i.id and s.etat <> 'annulee'
		where (cle_nom(i.nom_famille || ' ' || i.prenom) = cle_nom($1 || ' ' || $2) or i.date_naissance = $3)
			and (i.etat = 'inscrit' or s.etat in ('admissible', 'admis_accepte')))
	select coalesce(e.id, a.eleve_id) as eleve_id, a.id as inscription_id, coalesce(e.nom_famille, a.nom_famille) as nom_famille,
		coalesce(e.prenom, a.prenom) as prenom, coalesce(e.date_naissance, a.date_naissance) as date_naissance,
		e.id is not null as dossier
	from (select * from eleve where cle_nom = cle_nom($1 || ' ' || $2) or date_naissance = $3) e
	full join attendu a on a.eleve_id = e.id
	order by coalesce(e.cle_nom, a.cle_nom), eleve_id limit 20`

// search looks in the school and everywhere, and shows what it found; nothing found leads to the new file at once.
func (p Pages) search(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, n *nouvelle) error {
	refused := n.form.Err() != nil
	c := readCritere(n.form)
	if c.nom == "" || c.prenom == "" || c.naissance.IsZero() {
		return p.Render(w, r, http.StatusUnprocessableEntity, searchPage(n))
	}
	connus, err := eleve.Chercher(r.Context(), p.DB, agent, c.identite(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &n.proches, prochesSQL, c.nom, c.prenom, c.naissance)
	})
	switch {
	case n.form.Refused(err):
		return p.Render(w, r, http.StatusUnprocessableEntity, searchPage(n))
	case err != nil:
		return err
	}
	n.sort(connus)
	switch {
	case refused:
		return p.Render(w, r, http.StatusUnprocessableEntity, foundPage(n))
	case len(n.candidats)+len(n.proches) == 0:
		return p.ouvrir(w, r, agent, n)
	}
	return p.Render(w, r, http.StatusOK, foundPage(n))
}

// sort tells the children of exactly that name from those of this school who only come near.
func (n *nouvelle) sort(connus []eleve.Connu) {
	near := map[uuid.UUID]proche{}
	for _, x := range n.proches {
		near[x.EleveID] = x
	}
	for _, connu := range connus {
		x := near[connu.EleveID]
		n.candidats = append(n.candidats, candidat{connu, x.Dossier, x.InscriptionID})
		delete(near, connu.EleveID)
	}
	var rest []proche
	for _, x := range n.proches {
		if _, ok := near[x.EleveID]; ok {
			rest = append(rest, x)
		}
	}
	n.proches = rest
	if libres := n.libres(); len(libres) == 1 && n.form.Text("eleve_id") == "" {
		n.form.Values.Set("eleve_id", libres[0].Value)
	}
}

// empeche says why the child cannot be taken over here, and where to see him; "" when he can.
func (c candidat) empeche() (motif, href string) {
	switch {
	case c.inscription != nil:
		return "Votre école l’attend déjà.", path(*c.inscription)
	case c.ici && scolarite.Etat(c.Etat) == scolarite.AdmisDefinitif:
		return "Il est déjà dans votre école.", "/eleves/" + c.EleveID.String()
	}
	if r, refused := refusal.As(scolarite.Libre(c.Connu)); refused {
		return r.Motif, ""
	}
	return "", ""
}

// situation is where the child is, in which state.
func (c candidat) situation() string {
	etat := scolarite.Etat(c.Etat).Label()
	if etat == "" {
		etat = inscription.Etat(c.Etat).Label()
	}
	return joindre(", ", etat, c.Ecole, c.Commune)
}

func (c candidat) nom() string { return eleve.NomListe(c.NomFamille, "", c.Prenom) }

// libres are the children whose file may be taken over, to choose among.
func (n *nouvelle) libres() []ui.Option {
	var options []ui.Option
	for _, c := range n.candidats {
		if motif, _ := c.empeche(); motif != "" {
			continue
		}
		o := ui.Option{Value: c.EleveID.String(), Label: c.nom() + ", né(e) le " + date.Court(c.DateNaissance), Hint: c.situation() + "\u00a0; " + c.Motif()}
		if scolarite.Etat(c.Etat) == scolarite.AdmisDefinitif {
			o.Hint += "\u00a0; l’admission définitive attendra que cette école l’ait radié"
		}
		options = append(options, o)
	}
	return options
}

// rows are the children who cannot be taken over, each with its reason, then those who only come near.
func (n *nouvelle) rows() []ui.ListRow {
	var rows []ui.ListRow
	for _, c := range n.candidats {
		if motif, href := c.empeche(); motif != "" {
			rows = append(rows, ui.ListRow{Href: href, Cells: ui.Cells(c.nom(), date.Court(c.DateNaissance), c.situation(), motif+" Ressemblance\u00a0: "+c.Motif()+".")})
		}
	}
	for _, x := range n.proches {
		href := "/eleves/" + x.EleveID.String()
		if x.InscriptionID != nil {
			href = path(*x.InscriptionID)
		}
		rows = append(rows, ui.ListRow{
			Href: href, Cells: ui.Cells(eleve.NomListe(x.NomFamille, "", x.Prenom), date.Court(x.DateNaissance), "Dans votre école", "Nom ou date de naissance semblable."),
		})
	}
	return rows
}

// titreTrouves counts the children of that name and of that day.
func (n *nouvelle) titreTrouves() string {
	if len(n.candidats) == 0 {
		return "Aucun enfant connu ailleurs, mais des enfants de votre école"
	}
	if len(n.candidats) == 1 {
		return "Un enfant du registre lui ressemble"
	}
	return strconv.Itoa(len(n.candidats)) + " enfants du registre lui ressemblent"
}

func crumbs() ui.PageOption { return ui.Crumbs(ui.Crumb{Label: "Admissions", Href: "/admissions"}) }
