package admissions

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// arrivee is an inscription in the school, and the scolarité it led to.
type arrivee struct {
	ID              uuid.UUID
	Version         int
	EleveID         uuid.UUID
	Annee           ecole.Annee
	Inscription     inscription.Etat
	MotifAnnulation string
	NiveauDemande   string
	DateInscription *time.Time
	SaisiePar       string
	NomFamille      string
	NomUsage        string
	Prenom          string
	Sexe            string
	DateNaissance   time.Time
	TypeEcole       ecole.Type
	Etat            scolarite.Etat // "" before any answer of the school
	Niveau          string
	DateEffet       *time.Time
	DateAdmission   *time.Time
	DateRadiation   *time.Time
	ScolariteID     *uuid.UUID
	LiberationID    *uuid.UUID // the last request to the school that still has him
}

func (a arrivee) nom() string { return eleve.NomListe(a.NomFamille, a.NomUsage, a.Prenom) }

// arriveeSQL takes the identity from the line of the register: the file itself may still be with another school.
const arriveeSQL = `
	select i.id, i.version, i.eleve_id, i.annee, i.etat as inscription, i.motif_annulation,
		coalesce(i.niveau, '') as niveau_demande, i.date_inscription, i.saisie_par, i.nom_famille, i.nom_usage, i.prenom,
		i.sexe, i.date_naissance, e.type as type_ecole, coalesce(s.etat, '') as etat, coalesce(s.niveau, '') as niveau,
		s.date_effet, s.date_admission, s.date_radiation, s.id as scolarite_id,
		(select l.id from liberation l where l.inscription_id = i.id order by l.demandee_le desc, l.id limit 1) as liberation_id
	from inscription i join ecole e on e.uai = i.ecole_uai
	left join scolarite s on s.inscription_id = i.id and s.etat <> 'annulee'
	where i.id = $1`

// dossier is what the file adds to the line of the register, when this school holds it.
type dossier struct {
	Prenom2               string
	Prenom3               string
	NeEtranger            bool
	CommuneNaissanceInsee string
	Complement            string
	Voie                  string
	LieuDit               string
	CodePostal            string
	Commune               string
	Pays                  string
	AdresseCachee         bool
}

const dossierSQL = `
	select e.prenom2, e.prenom3, e.ne_etranger, coalesce(e.commune_naissance_insee, '') as commune_naissance_insee,
		coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays,
		e.adresse_id is not null and a.id is null as adresse_cachee
	from eleve e left join adresse a on a.id = e.adresse_id
	where e.id = (select eleve_id from inscription where id = $1)`

// responsable is a person to call.
type responsable struct {
	Nature            eleve.Nature
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	TelDomicile       string
	TelTravail        string
	TelPortable       string
	Lien              eleve.Lien
	AutoriteParentale bool
}

const responsablesSQL = `
	select r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.tel_domicile, r.tel_travail,
		r.tel_portable, l.lien, l.autorite_parentale
	from lien_responsable l join responsable r on r.id = l.responsable_id
	where l.eleve_id = (select eleve_id from inscription where id = $1) order by l.rang`

// derniereSQL is who last acted on the child, for the one who acts after him without knowing.
const derniereSQL = `
	select le, role from journal
	where acte <> 'consulter' and objet_id in ($1, (select eleve_id from inscription where id = $1))
	order by le desc limit 1`

// derniere is the last act on a child: the journal names no person, but a role.
type derniere struct {
	Le   time.Time
	Role habilitation.Role
}

// vue is the page of an arrival.
type vue struct {
	arrivee
	dossier      *dossier // nil while the file is with another school
	responsables []responsable
	derniere     *derniere // read after a conflict only

	today    time.Time
	form     *httpx.Form
	conflict bool
}

// readArrivee reads the child and leaves the line that says he was looked at, in one round trip; after a conflict it
// reads who has acted meanwhile.
func (p Pages) readArrivee(ctx context.Context, agent habilitation.Agent, id uuid.UUID, conflict bool) (*vue, error) {
	v := &vue{today: agent.Aujourdhui(), conflict: conflict}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "inscription", id)
		territoire.Une(l, &v.arrivee, arriveeSQL, id)
		territoire.Peut(l, &v.dossier, dossierSQL, id)
		territoire.Toutes(l, &v.responsables, responsablesSQL, id)
		if conflict {
			territoire.Peut(l, &v.derniere, derniereSQL, id)
		}
	})
	return v, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readArrivee(r.Context(), agent, id, false)
	if err != nil {
		return err
	}
	v.form = httpx.NewForm(v.proposes())
	return p.Render(w, r, http.StatusOK, showPage(v))
}

// proposes is what the next act is almost always answered.
func (v *vue) proposes() map[string]string {
	return map[string]string{
		"niveau":         string(niveauPropose(v.NiveauDemande, v.DateNaissance, v.Annee, v.TypeEcole)),
		"date_effet":     date.Court(effetPropose(v.Annee, v.today)),
		"date_admission": date.Court(v.today),
	}
}

// lieuNaissance is the commune, or that there is none.
func (d dossier) lieuNaissance() string {
	if d.NeEtranger {
		return "à l’étranger"
	}
	if c, ok := commune.Find(d.CommuneNaissanceInsee); ok {
		return c.Libelle()
	}
	return d.CommuneNaissanceInsee
}

// adresse is the home on one line.
func (d dossier) adresse() string {
	if d.AdresseCachee {
		return "Adresse protégée, à lire dans le dossier"
	}
	pays := d.Pays
	if pays == eleve.France {
		pays = ""
	}
	return joindre(", ", d.Complement, d.Voie, d.LieuDit, joindre(" ", d.CodePostal, d.Commune), pays)
}

// joindre joins the parts that are not empty.
func joindre(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}

func (r responsable) fact() ui.SummaryRow {
	nom := eleve.Responsable{
		Nature: r.Nature, Civilite: r.Civilite, NomFamille: r.NomFamille, NomUsage: r.NomUsage, Prenom: r.Prenom, Organisme: r.Organisme,
	}.NomComplet()
	autorite := "autorité parentale"
	if !r.AutoriteParentale {
		autorite = "sans autorité parentale"
	}
	return ui.SummaryRow{Label: r.Lien.Label(), Value: joindre(" · ", nom, autorite, r.telephones())}
}

// telephones are the numbers, none of which is broken at the end of a line.
func (r responsable) telephones() string {
	return strings.ReplaceAll(joindre(" · ", r.TelPortable, r.TelDomicile, r.TelTravail), " ", "\u00a0")
}
