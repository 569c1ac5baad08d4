package sixieme

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/siecle"
	"base-eleves/internal/territoire"
)

// Forme is the way in which a collège fetches its pupils.
type Forme string

// The ways, and the acknowledgement.
const (
	Liste           Forme = "liste"
	ImportEleves    Forme = "import_eleves"
	FichierEleves   Forme = "eleves"
	FichierResp     Forme = "responsables"
	Programme       Forme = "api"
	AccuseReception Forme = "accuse"
)

// Label is the way as its users name it.
func (f Forme) Label() string {
	return map[Forme]string{
		Liste: "Liste", ImportEleves: "Fichier d’import dans SIECLE", FichierEleves: "Fichier des élèves",
		FichierResp: "Fichier des responsables", Programme: "Logiciel du collège", AccuseReception: "Accusé de réception",
	}[f]
}

// Entrant is a pupil as the view of the collège shows him (the migration sixieme).
type Entrant struct {
	ID                    uuid.UUID
	EleveID               uuid.UUID
	Numero                int
	NomFamille            string
	NomUsage              string
	Prenom                string
	Prenom2               string
	Prenom3               string
	Sexe                  string
	DateNaissance         time.Time
	NeEtranger            bool
	CommuneNaissanceInsee string
	INE                   string
	Niveau                string
	Classe                string
	Segpa                 bool
	EcoleUAI              string
	Ecole                 string
	EcoleInsee            string
	EcoleTelephone        string
	AdresseProtegee       bool
	domicile
}

// domicile is a home in either view.
type domicile struct {
	Complement   string
	Voie         string
	LieuDit      string
	CodePostal   string
	CommuneInsee string
	Commune      string
	Pays         string
}

// Parent is a responsable of an entrant.
type Parent struct {
	Numero            int // of the entrant
	ResponsableID     uuid.UUID
	Lien              string
	AutoriteParentale bool
	Heberge           bool
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	TelDomicile       string
	TelTravail        string
	TelPortable       string
	Courriel          string
	domicile
}

const domicileSQL = `complement, voie, lieu_dit, code_postal, commune_insee, commune, pays`

const entrantsSQL = `
	select id, eleve_id, numero, nom_famille, nom_usage, prenom, prenom2, prenom3, sexe, date_naissance, ne_etranger,
		commune_naissance_insee, ine, niveau, classe, segpa, ecole_uai, ecole, ecole_insee, ecole_telephone, adresse_protegee, ` + domicileSQL + `
	from eleve_6e where annee = $1 and numero > $2 order by numero limit $3`

const parentsSQL = `
	select numero, responsable_id, lien, autorite_parentale, heberge, civilite, nom_famille, nom_usage, prenom, organisme, tel_domicile,
		tel_travail, tel_portable, courriel, ` + domicileSQL + `
	from responsable_6e where annee = $1 and numero > $2 and numero <= coalesce(
		(select max(numero) from (select numero from eleve_6e where annee = $1 and numero > $2 order by numero limit $3) n), 0)
	order by numero, rang`

// Entrants are the pupils whom a collège has still to receive, and who is responsible for them.
type Entrants struct {
	College string // its UAI
	Annee   ecole.Annee
	Eleves  []Entrant
	Parents []Parent
	Envoi   int // number of the sending, 0 out of season
}

// ErrFermee refuses what is asked out of season.
var ErrFermee = refusal.InConflict("La saison n’est pas ouverte\u00a0: les dates sont sur la page des entrants.")

// tous is more pupils than a collège has.
const tous = 10_000

// Queue reads, after the number apres, at most limit pupils, 0 for all of them. The fetching is noted in the same
// transaction, with one line of the journal for each pupil: what cannot be noted is not handed over.
func (e *Entrants) Queue(l *territoire.Lecture, agent habilitation.Agent, annee ecole.Annee, forme Forme, apres, limit int) {
	if limit == 0 {
		limit = tous
	}
	e.Annee = annee
	territoire.Valeur(l, &e.College, `select portee_college()`)
	territoire.Valeur(l, &e.Envoi, `select noter_remise_6e($1, $2, $3)`, int(annee), string(forme), agent.Maintenant)
	l.Exec(`insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai, motif)
		select $1, $2, $3, $4, $5, 'eleve', eleve_id, nullif(ecole_uai, ''), $6 from (
			select eleve_id, ecole_uai from eleve_6e where annee = $7 and numero > $8 order by numero limit $9) n`,
		agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(journal.RecevoirSixieme), string(forme),
		int(annee), apres, limit)
	territoire.Toutes(l, &e.Eleves, entrantsSQL, int(annee), apres, limit)
	territoire.Toutes(l, &e.Parents, parentsSQL, int(annee), apres, limit)
}

// Fichier is what the files of the collège are made of.
func (e *Entrants) Fichier(le time.Time) siecle.Envoi {
	parents := map[int][]siecle.Responsable{}
	for _, p := range e.Parents {
		parents[p.Numero] = append(parents[p.Numero], p.siecle())
	}
	envoi := siecle.Envoi{College: e.College, Annee: int(e.Annee), Rentree: e.Annee.Rentree(), Le: le, Numero: e.Envoi}
	for _, x := range e.Eleves {
		envoi.Eleves = append(envoi.Eleves, x.siecle(parents[x.Numero]))
	}
	return envoi
}

func (x Entrant) siecle(responsables []siecle.Responsable) siecle.Eleve {
	return siecle.Eleve{
		Numero: x.Numero, INE: x.INE, NomFamille: x.NomFamille, NomUsage: x.NomUsage, Prenom: x.Prenom, Prenom2: x.Prenom2,
		Prenom3: x.Prenom3, Sexe: x.Sexe, Naissance: x.DateNaissance, NeEtranger: x.NeEtranger, CommuneNaissance: x.CommuneNaissanceInsee,
		SEGPA: x.Segpa, Adresse: x.siecleAdresse(), Ecole: x.EcoleUAI, EcoleNom: x.Ecole, EcoleInsee: x.EcoleInsee,
		EcoleCommune: nomCommune(x.EcoleInsee), Niveau: x.Niveau, Classe: x.Classe, Responsables: responsables,
	}
}

func (p Parent) siecle() siecle.Responsable {
	return siecle.Responsable{
		Cle: p.ResponsableID.String(), Civilite: p.Civilite, NomFamille: p.NomFamille, NomUsage: p.NomUsage, Prenom: p.Prenom,
		Organisme: p.Organisme, Lien: p.Lien, Autorite: p.AutoriteParentale, Heberge: p.Heberge, TelDomicile: p.TelDomicile,
		TelTravail: p.TelTravail, TelPortable: p.TelPortable, Courriel: p.Courriel, Adresse: p.siecleAdresse(),
	}
}

// siecleAdresse is the home as the files want it: where no postal code was typed, the commune has one.
func (d domicile) siecleAdresse() siecle.Adresse {
	a := siecle.Adresse{
		Complement: d.Complement, Voie: d.Voie, LieuDit: d.LieuDit, CodePostal: d.CodePostal, Insee: d.CommuneInsee, Commune: d.Commune, Pays: d.Pays,
	}
	if c, ok := commune.Find(d.CommuneInsee); ok && a.CodePostal == "" && len(c.Postaux()) > 0 {
		a.CodePostal = c.Postaux()[0]
	}
	return a
}

func nomCommune(insee string) string {
	c, _ := commune.Find(insee)
	return c.Nom
}

// Accuser acknowledges pupils, once each, by their identifiers or up to a number: those who are acknowledged already stay
// as they are, others are not the collège's. It returns those whom this act acknowledged. From then on the collège reads
// nothing more of them.
func Accuser(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, ids []uuid.UUID, jusqua int) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, `update affectation_6e set etat = 'recu', recu_le = $3, recu_par = $4, version = version + 1
		where annee = $1 and (id = any ($2) or numero <= $5) and etat = 'affecte' returning eleve_id, id, ecole_uai`,
		int(annee), ids, agent.Maintenant, agent.Compte, jusqua)
	if err != nil {
		return nil, fmt.Errorf("sixieme: acknowledge: %w", err)
	}
	type accuse struct {
		Eleve, ID uuid.UUID
		Ecole     string
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[accuse])
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var done, eleves []uuid.UUID
	var ecoles []string
	for _, r := range list {
		done, eleves, ecoles = append(done, r.ID), append(eleves, r.Eleve), append(ecoles, r.Ecole)
	}
	if _, err := tx.Exec(ctx, `select noter_remise_6e($1, $2, $3)`, int(annee), string(AccuseReception), agent.Maintenant); err != nil {
		return nil, fmt.Errorf("sixieme: note the acknowledgement: %w", err)
	}
	journal.RecordAll(tx, agent, journal.AccuserSixieme, "eleve", eleves, ecoles)
	return done, nil
}

// Recus are those of the pupils whom the collège has acknowledged.
func Recus(ctx context.Context, tx territoire.Tx, annee ecole.Annee, ids []uuid.UUID) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, `select id from affectation_6e where annee = $1 and id = any ($2) and etat = 'recu'`, int(annee), ids)
	if err != nil {
		return nil, fmt.Errorf("sixieme: read the acknowledgements: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}
