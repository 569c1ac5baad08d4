package eleves

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// fiche is the pupil himself and his home.
type fiche struct {
	ID                    uuid.UUID
	Version               int
	EtatDossier           string
	EcoleUAI              string
	MairieInsee           string
	TenuPar               string
	NomFamille            string
	NomUsage              string
	Prenom                string
	Prenom2               string
	Prenom3               string
	Sexe                  string
	DateNaissance         time.Time
	NeEtranger            bool
	CommuneNaissanceInsee string
	Complement            string
	Voie                  string
	LieuDit               string
	CodePostal            string
	CommuneInsee          string
	Commune               string
	Pays                  string
	Complements           complements
	INEEtat               immatriculation.Etat
	INE                   string
	OpposeeLe             *time.Time // since when a parent refuses the radiation; the directeur's alone
	Protegee              bool
	AdresseCachee         bool
	Adresse2Cachee        bool
	Partage               []byte // who shares what the page changes, null elsewhere
	Brouillons            []byte // what the agent has begun to type there, null elsewhere
}

// nom is the name shown at the head of the file.
func (f fiche) nom() string { return eleve.NomListe(f.NomFamille, f.NomUsage, f.Prenom) }

// lieuNaissance is the commune, or that there is none.
func (f fiche) lieuNaissance() string {
	if f.NeEtranger {
		return "à l’étranger"
	}
	c, ok := commune.Find(f.CommuneNaissanceInsee)
	if !ok {
		return f.CommuneNaissanceInsee
	}
	return c.Libelle()
}

// adresse is the home as it is written on an envelope.
func (f fiche) adresse() []string {
	return eleve.Lignes(f.Complement, f.Voie, f.LieuDit, f.CodePostal, f.Commune, f.Pays)
}

const ficheSQL = `
	select e.id, e.version, e.etat as etat_dossier, coalesce(e.ecole_uai, '') as ecole_uai, coalesce(e.mairie_insee, '') as mairie_insee, e.tenu_par,
		e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance, e.ne_etranger,
		coalesce(e.commune_naissance_insee, '') as commune_naissance_insee,
		coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune_insee, '') as commune_insee,
		coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays, `

// The number is read only by the roles whose database role may.
const (
	avecINE = `coalesce(i.etat, '') as ine_etat, coalesce(i.ine, '') as ine
		from eleve e left join adresse a on a.id = e.adresse_id left join immatriculation i on i.eleve_id = e.id where e.id = $1`
	sansINE = `'' as ine_etat, '' as ine from eleve e left join adresse a on a.id = e.adresse_id where e.id = $1`
)

// opposee is the column of the opposition, which only the database role of the directeur reads.
func opposee(agent habilitation.Agent) string {
	if agent.Role == habilitation.Directeur {
		return `(select recue_le from opposition where eleve_id = e.id and levee_le is null) as opposee_le, `
	}
	return `null::date as opposee_le, `
}

// responsable is a person responsible for the pupil.
type responsable struct {
	ID                uuid.UUID
	Version           int
	Nature            eleve.Nature
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	Fonction          string
	TelDomicile       string
	TelTravail        string
	TelPortable       string
	Courriel          string
	Lien              eleve.Lien
	AutoriteParentale bool
	Heberge           bool
	Associations      bool
	MemeAdresse       bool
	Complement        string
	Voie              string
	LieuDit           string
	CodePostal        string
	CommuneInsee      string
	Commune           string
	Pays              string
	Protegee          bool
	AdresseCachee     bool
}

func (r responsable) nom() string {
	return eleve.Responsable{
		Nature: r.Nature, Civilite: r.Civilite, NomFamille: r.NomFamille, NomUsage: r.NomUsage, Prenom: r.Prenom, Organisme: r.Organisme,
	}.NomComplet()
}

func (r responsable) adresse() []string {
	return eleve.Lignes(r.Complement, r.Voie, r.LieuDit, r.CodePostal, r.Commune, r.Pays)
}

func (r responsable) telephones() []string {
	var list []string
	for _, t := range []string{r.TelPortable, r.TelDomicile, r.TelTravail} {
		if t != "" {
			list = append(list, t)
		}
	}
	return list
}

const responsablesSQL = `
	select r.id, r.version, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.fonction,
		r.tel_domicile, r.tel_travail, r.tel_portable, r.courriel, l.lien, l.autorite_parentale, l.associations,
		l.heberge or r.adresse_id is not null and r.adresse_id = e.adresse_id as heberge,
		r.adresse_id is not null and r.adresse_id = e.adresse_id as meme_adresse,
		coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune_insee, '') as commune_insee,
		coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays,
		coalesce(a.protegee, false) as protegee, r.adresse_id is not null and a.id is null as adresse_cachee
	from lien_responsable l join eleve e on e.id = l.eleve_id join responsable r on r.id = l.responsable_id
	left join adresse a on a.id = r.adresse_id
	where l.eleve_id = $1 order by l.rang`

// etape is one line of the register about the pupil: an inscription, the scolarité it led to, or both.
type etape struct {
	InscriptionID   *uuid.UUID
	Annee           int
	Ecole           string
	Commune         string
	Inscription     inscription.Etat
	DateInscription *time.Time
	ScolariteID     *uuid.UUID
	EcoleUAI        string
	Etat            scolarite.Etat
	Niveau          string
	Classe          string
	DateEffet       *time.Time
	DateAdmission   *time.Time
	DateRadiation   *time.Time
	MotifRadiation  string
	Destination     string
	Reuni           bool // of a file that went into this one
}

const cursusSQL = `
	select i.id as inscription_id, coalesce(s.annee, i.annee) as annee, coalesce(ec.nom, '') as ecole, coalesce(c.nom, '') as commune,
		coalesce(i.etat, '') as inscription, i.date_inscription, s.id as scolarite_id, coalesce(ec.uai, '') as ecole_uai,
		coalesce(s.etat, '') as etat, coalesce(s.niveau, i.niveau, '') as niveau, coalesce(k.libelle_court, '') as classe,
		s.date_effet, s.date_admission, s.date_radiation, coalesce(s.motif_radiation, '') as motif_radiation,
		coalesce(d.nom, s.destination, '') as destination, coalesce(s.eleve_id, i.eleve_id) <> $1 as reuni
	from (select * from inscription where eleve_id = any (dossiers_reunis($1))) i
	full join (select * from scolarite where eleve_id = any (dossiers_reunis($1)) and etat <> 'annulee') s on s.inscription_id = i.id
	left join ecole ec on ec.uai = coalesce(s.ecole_uai, i.ecole_uai)
	left join commune c on c.insee = coalesce(ec.commune_insee, i.commune_insee)
	left join classe k on k.id = s.classe_id
	left join ecole d on d.uai = s.destination_uai
	order by annee desc, s.date_effet desc nulls last, i.date_demande desc`

// dossierLu is all that the page of a pupil shows.
type dossierLu struct {
	fiche        fiche
	responsables []responsable
	cursus       []etape
}

// present is the scolarité by which the pupil is, or will be, in a school.
func (d dossierLu) present() *etape {
	for i, e := range d.cursus {
		if !e.Reuni && (e.Etat == scolarite.AdmisDefinitif || e.Etat == scolarite.AdmisAccepte) {
			return &d.cursus[i]
		}
	}
	return nil
}

// readDossier reads the file and leaves the line that says it was opened, in one round trip.
func (p Pages) readDossier(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (dossierLu, error) {
	return p.readDossierAvec(ctx, agent, id, besoin{})
}

// readDossierAvec is readDossier with who shares what the page changes.
func (p Pages) readDossierAvec(ctx context.Context, agent habilitation.Agent, id uuid.UUID, b besoin) (dossierLu, error) {
	var d dossierLu
	err := p.DB.Lire(ctx, p.portee(ctx, agent, id), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, id)
		sql := ficheSQL + opposee(agent) + protegeeSQL + b.column() + complementsSQL(agent.Role) + sansINE
		if agent.Can(habilitation.RevelerINE) {
			sql = ficheSQL + opposee(agent) + protegeeSQL + b.column() + complementsSQL(agent.Role) + avecINE
		}
		territoire.Une(l, &d.fiche, sql, b.args(id)...)
		territoire.Toutes(l, &d.responsables, responsablesSQL, id)
		territoire.Toutes(l, &d.cursus, cursusSQL, id)
	})
	return d, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.readDossier(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, dossierPage(p.view(r.Context(), d, agent)))
}
