package classes

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is a class.
type fiche struct {
	ID           uuid.UUID
	Version      int
	EcoleUAI     string
	Ecole        string
	Commune      string
	Annee        int
	LibelleCourt string
	LibelleLong  string
	Enseignant   string
	Autres       []classe.Autre
	Salle        string
	EffectifMax  int
	Niveaux      []string
}

const ficheSQL = `
	select c.id, c.version, c.ecole_uai, e.nom as ecole, k.nom as commune, c.annee, c.libelle_court, c.libelle_long,
		c.enseignant, c.salle, coalesce(c.effectif_max, 0) as effectif_max, ` + classe.AutresSQL + ` as autres,
		array(select niveau from classe_niveau where classe_id = c.id order by array_position($2::text[], niveau)) as niveaux
	from classe c join ecole e on e.uai = c.ecole_uai join commune k on k.insee = e.commune_insee
	where c.id = $1`

// queueFiche reads the class; outside the territory there is none.
func queueFiche(l *territoire.Lecture, dst *fiche, id uuid.UUID) {
	territoire.Une(l, dst, ficheSQL, id, ecole.Niveaux())
}

// salle is the room in words: some type « 4 », others « Salle 4 » or « Bibliothèque ».
func (c fiche) salle() string {
	if c.Salle != "" && unicode.IsDigit(rune(c.Salle[0])) {
		return "salle " + c.Salle
	}
	return c.Salle
}

func (c fiche) annee() ecole.Annee { return ecole.Annee(c.Annee) }
func (c fiche) path() string       { return "/classes/" + c.ID.String() }
func (c fiche) ecole() string      { return ecole.NomComplet(c.Ecole, c.Commune) }

// inscrit is one pupil of the list of a class.
type inscrit struct {
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Niveau        string
	Etat          scolarite.Etat
	DateRadiation *time.Time
	ULIS          bool
}

// inscritsSQL reads the pupils from one table, in the order of its index; those of the ULIS are looked for once.
const inscritsSQL = `
	select eleve_id, nom_famille, nom_usage, prenom, sexe, date_naissance, niveau, etat, date_radiation,
		eleve_id = any (array(select b.eleve_id from classe c join annee_scolaire a on a.code = c.annee
			join beneficiaire b on b.ecole_uai = c.ecole_uai and b.dispositif = 'ulis'
			where c.id = $1 and b.debut <= a.fin and (b.fin is null or b.fin >= greatest(a.debut, $2)))) as ulis
	from scolarite
	where classe_id = $1 and etat in ('admis_accepte', 'admis_definitif')
	order by cle_nom, id`

func (e inscrit) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

// situation tells the pupils who are there from those who are to come.
func (e inscrit) situation() string {
	if e.Etat == scolarite.AdmisAccepte {
		return "Attendu"
	}
	return e.Etat.Situation(e.DateRadiation)
}

// liste is a class and its pupils.
type liste struct {
	fiche    fiche
	inscrits []inscrit
}

// readListe reads a class and its pupils in one round trip.
func (p Pages) readListe(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (c liste, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		queueFiche(l, &c.fiche, id)
		territoire.Toutes(l, &c.inscrits, inscritsSQL, id, agent.Aujourdhui())
	})
	return c, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c, err := p.readListe(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(c, agent))
}

// plusieurs tells whether the class has several niveaux, hence whether the niveau of a pupil says something.
func (c liste) plusieurs() bool { return len(c.fiche.Niveaux) > 1 }

func (c liste) presents() (n int) {
	for _, e := range c.inscrits {
		if e.Etat == scolarite.AdmisDefinitif {
			n++
		}
	}
	return n
}

// ulis counts those who benefit from the ULIS of the school: they are counted here, once.
func (c liste) ulis() (n int) {
	for _, e := range c.inscrits {
		if e.ULIS {
			n++
		}
	}
	return n
}

// identite says what class it is: « Les lynx – CE1, CE2 – Mme Cazaux – salle 4 ».
func (c liste) identite() string {
	parts := []string{c.fiche.LibelleLong, strings.Join(c.fiche.Niveaux, ", "), classe.Enseignants(c.fiche.Enseignant, c.fiche.Autres)}
	parts = append(parts, c.fiche.salle(), c.fiche.annee().Libelle())
	said := parts[:0]
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " – ")
}

// effectif counts: « 24 présents, 2 attendus, 27 au plus ».
func (c liste) effectif() string {
	presents := c.presents()
	s := ui.Plural(presents, "présent", "présents")
	if attendus := len(c.inscrits) - presents; attendus > 0 {
		s += ", " + ui.Plural(attendus, "attendu", "attendus")
	}
	if n := c.ulis(); n > 0 {
		s += ", dont " + strconv.Itoa(n) + " avec le dispositif ULIS"
	}
	if c.fiche.EffectifMax > 0 {
		s += ", " + ui.Places(c.fiche.EffectifMax) + "\u00a0au plus"
	}
	return s
}

func (c liste) props(agent habilitation.Agent) ui.ListProps {
	props := ui.ListProps{
		Caption: "Élèves de " + c.fiche.LibelleCourt, Scope: c.effectif(), Path: c.fiche.path(), Exports: tableau.Formats,
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Sexe"}},
		Rows:    make([]ui.ListRow, len(c.inscrits)),
		Pager:   ui.Pager{Page: 1, PerPage: len(c.inscrits), Total: len(c.inscrits)},
		Empty:   ui.EmptyProps{Sentence: "Aucun élève n’est placé dans cette classe."},
	}
	if c.plusieurs() {
		props.Columns = append(props.Columns, ui.Column{Label: "Niveau"})
	}
	props.Columns = append(props.Columns, ui.Column{Label: "Situation"})
	if agent.Can(habilitation.Repartir) {
		props.Empty.Href, props.Empty.Action = "/repartition?annee="+anneeCode(c.fiche.annee()), "Répartir les élèves"
	}
	for i, e := range c.inscrits {
		props.Rows[i] = c.row(e)
	}
	return props
}

func (c liste) row(e inscrit) ui.ListRow {
	texts := append(make([]string, 0, 5), e.nom(), date.Court(e.DateNaissance), e.Sexe)
	if c.plusieurs() {
		texts = append(texts, e.Niveau)
	}
	texts = append(texts, e.situation())
	cells := ui.Cells(texts...)
	if e.ULIS {
		cells[len(cells)-1] = ulisCell(e)
	}
	return ui.ListRow{Href: "/eleves/" + e.EleveID.String(), Cells: cells}
}

// crumbs lead back to where the reader came from: his classes, or the school.
func (c liste) crumbs(agent habilitation.Agent) ui.PageOption {
	if agent.Ecole != "" {
		return ui.Crumbs(ui.Crumb{Label: "Classes", Href: "/classes?annee=" + anneeCode(c.fiche.annee())})
	}
	return ui.Crumbs(ui.Crumb{Label: "Écoles", Href: "/ecoles"}, ui.Crumb{Label: c.fiche.ecole(), Href: "/ecoles/" + c.fiche.EcoleUAI})
}

func anneeCode(a ecole.Annee) string { return strconv.Itoa(int(a)) }
