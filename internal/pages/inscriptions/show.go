package inscriptions

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
)

// acte is the inscription as it is recorded, and what the school has made of it.
type acte struct {
	ID              uuid.UUID
	Version         int
	EleveID         uuid.UUID
	Annee           ecole.Annee
	CommuneInsee    string
	CommuneNom      string
	EcoleUAI        string
	EcoleNom        string
	EcoleCommune    string
	Etat            inscription.Etat
	Niveau          ecole.Niveau
	DateDemande     time.Time
	DateInscription *time.Time
	Derogation      string
	MotifAnnulation string
	NomFamille      string
	NomUsage        string
	Prenom          string
	Sexe            eleve.Sexe
	DateNaissance   time.Time
	EtatScolarite   scolarite.Etat // "" before the school has answered
	DateEffet       *time.Time
	DateAdmission   *time.Time
	DateRadiation   *time.Time
	Stricte         bool // the agent's commune has chosen not to see the responsables nor the address
}

const acteSQL = `
	select i.id, i.version, i.eleve_id, i.annee, i.commune_insee, c.nom as commune_nom, coalesce(i.ecole_uai, '') as ecole_uai,
		coalesce(e.nom, '') as ecole_nom, coalesce(ec.nom, '') as ecole_commune, i.etat, coalesce(i.niveau, '') as niveau,
		i.date_demande, i.date_inscription, i.derogation, i.motif_annulation,
		i.nom_famille, i.nom_usage, i.prenom, i.sexe, i.date_naissance, coalesce(s.etat, '') as etat_scolarite,
		s.date_effet, s.date_admission, s.date_radiation, a.mairie_stricte as stricte
	from inscription i
	join commune c on c.insee = i.commune_insee
	join commune a on a.insee = $2
	left join ecole e on e.uai = i.ecole_uai
	left join commune ec on ec.insee = e.commune_insee
	left join lateral (select etat, date_effet, date_admission, date_radiation from scolarite
		where inscription_id = i.id and etat <> 'annulee' order by date_effet desc limit 1) s on true
	where i.id = $1`

// enfant is what the file adds to the line of the register; a file that another territory holds is not read.
type enfant struct {
	TenuPar               string
	MairieInsee           string
	Prenom2               string
	Prenom3               string
	CommuneNaissanceInsee string
	Complement            string
	Voie                  string
	LieuDit               string
	CodePostal            string
	Commune               string
	Pays                  string
	AdresseCachee         bool
}

// cachee tells that the address is protected: it is neither shown nor printed, row security does not give it.
func (e *enfant) cachee() bool { return e != nil && e.AdresseCachee }

const enfantSQL = `
	select e.tenu_par, coalesce(e.mairie_insee, '') as mairie_insee, e.prenom2, e.prenom3,
		coalesce(e.commune_naissance_insee, '') as commune_naissance_insee, coalesce(a.complement, '') as complement,
		coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit, coalesce(a.code_postal, '') as code_postal,
		coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays,
		e.adresse_id is not null and a.id is null and cardinality(portee_communes_ouvertes()) > 0 as adresse_cachee
	from eleve e left join adresse a on a.id = e.adresse_id
	where e.id = (select eleve_id from inscription where id = $1)`

// responsable is who answers for the child, without his telephone: that is read in the file.
type responsable struct {
	Nature            eleve.Nature
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	Lien              eleve.Lien
	AutoriteParentale bool
}

const responsablesSQL = `
	select r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, l.lien, l.autorite_parentale
	from lien_responsable l join responsable r on r.id = l.responsable_id
	where l.eleve_id = (select eleve_id from inscription where id = $1) order by l.rang`

// detail is all that is known of an inscription.
type detail struct {
	acte         acte
	enfant       *enfant
	responsables []responsable
	ici          bool // the agent's commune inscribes; it only reads the inscriptions of others
}

// readActe reads an inscription and what besides queues, and leaves the line that says it was opened, in one round trip.
func (p Pages) readActe(ctx context.Context, agent habilitation.Agent, id uuid.UUID, besides func(*territoire.Lecture)) (acte, error) {
	var a acte
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "inscription", id)
		territoire.Une(l, &a, acteSQL, id, agent.Commune)
		besides(l)
	})
	return a, err
}

func (p Pages) readDetail(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (d detail, err error) {
	d.acte, err = p.readActe(ctx, agent, id, func(l *territoire.Lecture) {
		territoire.Peut(l, &d.enfant, enfantSQL, id)
		territoire.Toutes(l, &d.responsables, responsablesSQL, id)
	})
	d.ici = d.acte.CommuneInsee == agent.Commune
	return d, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.readDetail(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(d))
}

// nom is the child at the head of the page.
func (d detail) nom() string {
	return eleve.NomListe(d.acte.NomFamille, d.acte.NomUsage, d.acte.Prenom)
}

// etat is the state as the mairie names it.
func (d detail) etat() string { return etat(d.acte.Etat, d.acte.EtatScolarite) }

// ouverte tells that the mairie may still change or cancel the inscription.
func (d detail) ouverte() bool {
	return d.ici && inscription.Inscription{Etat: d.acte.Etat}.Ouverte() == nil
}

// corrigeable tells that the mairie still holds the pen of the child's file.
func (d detail) corrigeable() bool {
	return d.enfant != nil && d.enfant.TenuPar == "mairie" && d.enfant.MairieInsee == d.acte.CommuneInsee && d.ici
}

// certifiable tells that a certificate can be issued.
func (d detail) certifiable() bool {
	return d.ici && d.acte.EcoleUAI != "" && d.acte.DateRadiation == nil &&
		(d.acte.Etat == inscription.Inscrit || d.acte.Etat == inscription.Transformee)
}

// ecole is the school, named so that no other one is, or the waiting list.
func (d detail) ecole() string {
	if d.acte.EcoleUAI == "" {
		return "Liste d’attente " + commune.De(d.acte.CommuneNom)
	}
	return ecole.NomComplet(d.acte.EcoleNom, d.acte.EcoleCommune)
}

// prenoms are the first names, in the order of the civil registry.
func (d detail) prenoms() string {
	prenoms := d.acte.Prenom
	if d.enfant != nil {
		prenoms = strings.Join(strings.Fields(prenoms+" "+d.enfant.Prenom2+" "+d.enfant.Prenom3), " ")
	}
	return prenoms
}

// naissance is the day, and the place when the file is open.
func (d detail) naissance() string {
	le := date.Long(d.acte.DateNaissance)
	switch {
	case d.enfant == nil:
		return le
	case d.enfant.CommuneNaissanceInsee == "":
		return le + " à l’étranger"
	}
	c, ok := commune.Find(d.enfant.CommuneNaissanceInsee)
	if !ok {
		return le + ", commune " + d.enfant.CommuneNaissanceInsee
	}
	return le + " à " + c.Libelle()
}

// adresse is the home as an envelope bears it, on one line; "" when it is not read.
func (d detail) adresse() string {
	switch {
	case d.enfant == nil:
		return ""
	case d.enfant.cachee():
		return "Adresse protégée"
	}
	parts := []string{d.enfant.Voie, d.enfant.Complement, d.enfant.LieuDit, strings.TrimSpace(d.enfant.CodePostal + " " + d.enfant.Commune)}
	if d.enfant.Pays != eleve.France {
		parts = append(parts, d.enfant.Pays)
	}
	return joined(parts...)
}

// joined joins what is not empty.
func joined(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}

func (r responsable) nom() string {
	return eleve.Responsable{
		Nature: r.Nature, Civilite: r.Civilite, NomFamille: r.NomFamille, NomUsage: r.NomUsage, Prenom: r.Prenom, Organisme: r.Organisme,
	}.NomComplet()
}

// qualite is what the responsable is to the child.
func (r responsable) qualite() string {
	if r.AutoriteParentale {
		return r.Lien.Label() + ", autorité parentale"
	}
	return r.Lien.Label() + ", sans autorité parentale"
}
