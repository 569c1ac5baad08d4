package radiations

import (
	"context"
	"slices"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// partant is a pupil who leaves, or has left.
type partant struct {
	ID             uuid.UUID
	Version        int
	EleveID        uuid.UUID
	InscriptionID  *uuid.UUID
	NomFamille     string
	NomUsage       string
	Prenom         string
	DateNaissance  time.Time
	Annee          ecole.Annee
	Etat           scolarite.Etat
	Niveau         string
	Classe         string
	DateAdmission  *time.Time
	DateRadiation  *time.Time
	Motif          string
	DestinationUAI string
	Destination    string
	Quittant       bool // by decision: he has no class after his
	Ici            bool // the file is still with this school
	OpposeeLe      *time.Time
}

func (e partant) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

const partantsSQL = `
	select s.id, s.version, s.eleve_id, s.inscription_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, s.annee,
		s.etat, coalesce(s.niveau, '') as niveau, coalesce(k.libelle_court, '') as classe, s.date_admission, s.date_radiation,
		s.motif_radiation as motif,
		coalesce(s.destination_uai, '') as destination_uai,
		case when d.uai is null then s.destination else concat_ws(', ', d.nom, c.nom) end as destination,
		coalesce(p.quittant and p.etat in ('decide', 'confirme'), false) as quittant,
		exists (select from eleve e where e.id = s.eleve_id) as ici, o.recue_le as opposee_le
	from scolarite s left join classe k on k.id = s.classe_id left join ecole d on d.uai = s.destination_uai
	left join commune c on c.insee = d.commune_insee
	left join passage p on p.scolarite_id = s.id
	left join opposition o on o.eleve_id = s.eleve_id and o.levee_le is null
	where s.id = any ($1) order by s.cle_nom, s.id`

// annonce tells that he is there until a day to come.
func (e partant) annonce() bool { return e.Etat == scolarite.AdmisDefinitif && e.DateRadiation != nil }

// voisine is a school where a pupil may go: of the same commune, or one looked for.
type voisine struct{ UAI, Nom, Commune string }

const voisinesSQL = `
	select e.uai, e.nom, '' as commune from ecole e
	where e.commune_insee = (select commune_insee from ecole where uai = $1) and e.uai <> $1 and e.ouverte
	order by e.nom, e.uai`

// derniereSQL is the last act on the pupil, for the one who acts after it without knowing.
const derniereSQL = `
	select le, role from journal
	where acte <> 'consulter' and objet_id = (select eleve_id from scolarite where id = any ($1) limit 1)
	order by le desc limit 1`

type derniere struct {
	Le   time.Time
	Role habilitation.Role
}

// vue is the page of one radiation, or of several at once.
type vue struct {
	partants []partant
	voisines []voisine
	trouvees []voisine // those that answer to what was looked for
	derniere *derniere

	form     *httpx.Form
	conflict bool
	refuses  []uuid.UUID // those who were refused when the form was sent
}

// choix are the pupils of an act on several; those refused are unticked.
func (d *vue) choix() []ui.Option {
	options := make([]ui.Option, len(d.partants))
	for i, e := range d.partants {
		options[i] = ui.Option{
			Value: e.ID.String(), Label: e.nom() + ", " + e.Niveau + ", né(e) le " + date.Court(e.DateNaissance),
			Checked: !slices.Contains(d.refuses, e.ID),
		}
	}
	return options
}

// readDepart reads the pupils and leaves the lines that say they were looked at, in one round trip. One who is not of
// this school is not found.
func (p Pages) readDepart(ctx context.Context, agent habilitation.Agent, f *httpx.Form, ids ...uuid.UUID) (*vue, error) {
	d := &vue{form: f}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		for _, id := range ids {
			journal.QueueRegistre(l, agent, journal.Consulter, "scolarite", id)
		}
		territoire.Toutes(l, &d.partants, partantsSQL, ids)
		territoire.Toutes(l, &d.voisines, voisinesSQL, agent.Ecole)
		territoire.Peut(l, &d.derniere, derniereSQL, ids)
		if f.Text(champEcole) != "" {
			territoire.Toutes(l, &d.trouvees, trouveesSQL, f.Text(champEcole))
		}
	})
	if err == nil && len(d.partants) != len(ids) {
		return nil, refusal.NotFound()
	}
	return d, err
}

// seul is the pupil of a page about one.
func (d *vue) seul() partant { return d.partants[0] }

// opposes are the pupils whose radiation a parent refuses.
func (d *vue) opposes() []partant {
	return slices.DeleteFunc(slices.Clone(d.partants), func(e partant) bool { return e.OpposeeLe == nil })
}

// action is where the form posts.
func (d *vue) action() string {
	if len(d.partants) > 1 {
		return "/radiations"
	}
	return path(d.seul().ID)
}

// version is that of the row edited; an act on several asks for none.
func (d *vue) version() int {
	if len(d.partants) > 1 {
		return 0
	}
	return d.seul().Version
}

// page is the form, or what was recorded when there is nothing to strike off.
func (d *vue) page() templ.Component {
	if len(d.partants) == 1 && d.seul().Etat != scolarite.AdmisDefinitif {
		return faitPage(d)
	}
	return radierPage(d)
}

// titre names the page.
func (d *vue) titre() string {
	if len(d.partants) == 1 && d.seul().annonce() {
		return "Départ de " + d.seul().nom()
	}
	if len(d.partants) == 1 {
		return "Radier " + d.seul().nom()
	}
	return "Radier " + ui.Plural(len(d.partants), "élève", "élèves")
}

// submit names the act.
func (d *vue) submit() string {
	switch {
	case len(d.partants) > 1:
		return "Radier les élèves cochés"
	case d.seul().annonce():
		return "Modifier le départ"
	}
	return d.titre()
}

// consequences are spelled out before the act.
func (d *vue) consequences() []string {
	if len(d.partants) == 1 {
		nom := d.seul().nom()
		return []string{
			nom + " n’est plus compté dans l’effectif à partir de la date de radiation. Si elle est à venir, c’est un départ annoncé\u00a0: tout reste en place jusque-là.",
			"Le certificat de radiation est prêt à imprimer\u00a0: la famille le montre à l’école suivante.",
			"Une autre école peut l’admettre et reprend alors son dossier\u00a0; son nom et ses dates restent dans votre registre.",
			"Son périscolaire prend fin ce jour-là.",
			"Vous pourrez annuler la radiation tant qu’aucune autre école ne l’a admis.",
		}
	}
	return []string{
		"Ces élèves ne sont plus comptés dans l’effectif à partir de la date de radiation. Si elle est à venir, ce sont des départs annoncés\u00a0: tout reste en place jusque-là.",
		"Leurs certificats de radiation sont prêts à imprimer, en un seul fichier. Leur périscolaire prend fin ce jour-là.",
		"D’autres écoles peuvent les admettre et reprennent alors leurs dossiers\u00a0; leurs noms restent dans votre registre.",
		"Vous pourrez tout annuler d’un coup pendant 30 jours, sauf pour ceux qu’une autre école aura admis.",
	}
}

// facts is what is known of one pupil.
func (e partant) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Naissance", Value: date.Long(e.DateNaissance)},
		{Label: "Niveau et classe", Value: joindre(", ", e.Niveau, e.Classe)},
		{Label: "Présent depuis", Value: date.CourtOuRien(e.DateAdmission)},
	}
	if e.DateRadiation == nil {
		return rows
	}
	label := "Radié(e) le"
	if e.annonce() {
		label = "Quitte l’école le"
	}
	return append(rows,
		ui.SummaryRow{Label: label, Value: date.CourtOuRien(e.DateRadiation)},
		ui.SummaryRow{Label: "Motif", Value: inscription.Libelle(scolarite.MotifsRadiation, e.Motif)},
		ui.SummaryRow{Label: "Destination", Value: e.Destination})
}

// differences sets what is recorded now beside what was decided without knowing it.
func (d *vue) differences() ui.ConflictProps {
	e := d.seul()
	c := ui.ConflictProps{Rows: []ui.ConflictRow{
		{Label: "Situation", Theirs: e.Etat.Label(), Mine: "Radier"},
		{Label: "Classe", Theirs: joindre(", ", e.Niveau, e.Classe), Mine: ""},
		{Label: "Date de radiation", Theirs: date.CourtOuRien(e.DateRadiation), Mine: d.form.Text("date_radiation")},
		{Label: "Motif", Theirs: inscription.Libelle(scolarite.MotifsRadiation, e.Motif), Mine: inscription.Libelle(scolarite.MotifsRadiation, d.form.Text("motif_radiation"))},
	}}
	if d.derniere != nil {
		c.By, c.At = d.derniere.Role.Label(), date.Heure(d.derniere.Le)
	}
	return c
}
