package immatriculations

import (
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// etatCivil is what is compared of two children.
type etatCivil struct {
	NomFamille            string
	NomUsage              string
	Prenom                string
	Prenom2               string
	Prenom3               string
	Sexe                  string
	DateNaissance         time.Time
	NeEtranger            bool
	CommuneNaissanceInsee string
}

func (e etatCivil) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

func (e etatCivil) lieu() string {
	if e.NeEtranger {
		return "À l’étranger"
	}
	if c, ok := commune.Find(e.CommuneNaissanceInsee); ok {
		return c.Libelle()
	}
	return e.CommuneNaissanceInsee
}

// fiche is a pupil and where his number stands.
type fiche struct {
	etatCivil
	ID      uuid.UUID
	Version int
	Etat    immatriculation.Etat
	Raison  immatriculation.Raison
	Depuis  time.Time
	INE     string
	Anciens []string // numbers that still lead to him
	Ecole   string
	Commune string
}

const ficheSQL = `
	select e.id, i.version, i.etat, i.raison, coalesce(i.depuis, i.attribue_le, i.demande_le) as depuis,
		coalesce(i.ine, '') as ine, array(select a.ine from ine_alias a where a.eleve_id = i.eleve_id order by a.le) as anciens,
		e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger,
		coalesce(e.commune_naissance_insee, '') as commune_naissance_insee, coalesce(ec.nom, '') as ecole, coalesce(c.nom, '') as commune
	from immatriculation i join eleve e on e.id = i.eleve_id
	left join ecole ec on ec.uai = i.ecole_uai left join commune c on c.insee = ec.commune_insee
	where i.eleve_id = $1`

// ressemblant is a file that may be the same child's.
type ressemblant struct {
	etatCivil
	CandidatID uuid.UUID
	Raisons    []string
	Decision   immatriculation.Decision
	DecideLe   *time.Time
	DecidePar  string
	Present    bool
	Ici        bool
}

const ressemblantsSQL = `
	select candidat_id, raisons, decision, decide_le, decide_par, nom_famille, nom_usage, prenom, prenom2, prenom3, sexe,
		date_naissance, ne_etranger, commune_naissance_insee, present, ici
	from voir_ressemblances($1, $2)`

// etape is a year in a school, of the pupil or of one who looks alike.
type etape struct {
	EleveID       uuid.UUID
	Annee         ecole.Annee
	Ecole         string // "" where it may not be told
	Commune       string
	Etat          scolarite.Etat
	DateAdmission *time.Time
	DateRadiation *time.Time
}

const parcoursSQL = `
	select s.eleve_id, s.annee, ec.nom as ecole, c.nom as commune, s.etat, s.date_admission, s.date_radiation
	from scolarite s join ecole ec on ec.uai = s.ecole_uai join commune c on c.insee = ec.commune_insee
	where s.eleve_id = $1 and s.etat <> 'annulee'
	union all
	select candidat_id, annee, ecole, commune, etat, date_admission, date_radiation
	from voir_parcours_ressemblances($1, $2)
	order by annee desc`

func (e etape) texte() string {
	s := e.Annee.Libelle() + "\u00a0: " + ecole.NomComplet(e.Ecole, e.Commune)
	if e.Ecole == "" {
		s = e.Annee.Libelle() + "\u00a0: école non communiquée"
	}
	if e.DateAdmission != nil {
		s += ", admis le " + date.Court(*e.DateAdmission)
	}
	if e.DateRadiation != nil {
		s += ", radié le " + date.Court(*e.DateRadiation)
	}
	return s
}

// vue is the page of one number.
type vue struct {
	agent        habilitation.Agent
	fiche        fiche
	ressemblants []ressemblant
	parcours     []etape
	form         *httpx.Form
	stale        bool
}

// open reads the page and notes, in the file of each child shown, who has compared them.
func (p Pages) open(r *http.Request, agent habilitation.Agent) (v vue, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return v, err
	}
	v.agent, v.form = agent, httpx.NewForm(nil)
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.fiche, ficheSQL, id)
		territoire.Toutes(l, &v.ressemblants, ressemblantsSQL, id, agent.Aujourdhui())
		territoire.Toutes(l, &v.parcours, parcoursSQL, id, agent.Aujourdhui())
		journal.QueueComparaison(l, agent, id)
	})
	return v, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.open(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(v))
}

// ouverts are those about whom nobody has answered, while an answer is asked for.
func (v vue) ouverts() []ressemblant {
	var list []ressemblant
	if !v.fiche.Raison.Ressemblante() {
		return nil
	}
	for _, r := range v.ressemblants {
		if r.Decision == "" {
			list = append(list, r)
		}
	}
	return list
}

// decide tells whether the answer is this agent's to give.
func (v vue) decide() bool {
	return (v.fiche.Etat == immatriculation.Litige) == (v.agent.Role == habilitation.IA)
}

// corrige tells whether the identity may be the fault, and the agent the one who corrects it.
func (v vue) corrige() bool {
	return v.fiche.Raison != "" && v.agent.Can(habilitation.ModifierDossier)
}

// revocable is the answer on which the agent may come back, as the button says it; "" when there is none.
func (v vue) revocable() string {
	if v.fiche.Etat == immatriculation.Litige && v.agent.Role == habilitation.Directeur {
		return "Reprendre le cas à l’inspection académique"
	}
	var last *ressemblant
	for i, r := range v.ressemblants {
		if r.DecideLe != nil && (last == nil || r.DecideLe.After(*last.DecideLe)) {
			last = &v.ressemblants[i]
		}
	}
	if last != nil && immatriculation.Revocable(last.Decision, last.DecidePar, last.DecideLe, v.agent.Role, v.agent.Maintenant) {
		return "Revenir sur la dernière réponse"
	}
	return ""
}

// situation is where the number stands.
func (v vue) situation() []ui.SummaryRow {
	f := v.fiche
	rows := []ui.SummaryRow{
		{Label: "État", Content: ui.Tag(f.Etat.Label(), kind(f.Etat))},
		{Label: "Depuis", Value: date.Long(f.Depuis)},
	}
	if f.Etat != immatriculation.Attribue && f.Etat != immatriculation.Remplace {
		rows = append(rows, ui.SummaryRow{Label: "Pourquoi", Value: f.Raison.Label()})
	}
	rows = append(rows, ui.SummaryRow{Label: "Que faire", Value: queFaire(v.agent.Role, f.Etat, f.Raison)},
		ui.SummaryRow{Label: "École", Value: nomEcole(f.Ecole, f.Commune)})
	if f.INE != "" {
		rows = append(rows, ui.SummaryRow{Label: "Numéro", Content: numeroCell(immatriculation.INE(f.INE))})
	}
	for _, a := range f.Anciens {
		rows = append(rows, ui.SummaryRow{Label: "Ancien numéro", Content: numeroCell(immatriculation.INE(a))})
	}
	return rows
}

// repondu tells whether some answer was given already.
func (v vue) repondu() bool {
	return slices.ContainsFunc(v.ressemblants, func(r ressemblant) bool { return r.Decision != "" })
}
