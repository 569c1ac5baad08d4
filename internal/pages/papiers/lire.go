package papiers

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// inscrit is a pupil as the papers name him, with all that hangs from him.
type inscrit struct {
	foyer.Enfant
	ScolariteID           uuid.UUID
	Prenom2               string
	Prenom3               string
	Sexe                  string
	DateNaissance         time.Time
	NeEtranger            bool
	CommuneNaissanceInsee string
	Niveau                ecole.Niveau
	ClasseID              uuid.UUID
	Enseignant            string
	DateAdmission         *time.Time
	GarderieMatin         bool
	GarderieSoir          bool
	Etude                 bool
	Restaurant            bool
	Transport             bool
	Assureur              string
	NumContrat            string
	ResponsabiliteCivile  bool
	IndividuelleAccident  bool
	AttestationFournie    bool
	Photo                 bool
	RentreSeul            bool
	AutorisationsConnues  bool
	Contacts              []contact
}

func (e inscrit) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

func (e inscrit) periscolaire() dossier.Periscolaire {
	return dossier.Periscolaire{
		GarderieMatin: e.GarderieMatin, GarderieSoir: e.GarderieSoir, Etude: e.Etude, Restaurant: e.Restaurant, Transport: e.Transport,
	}
}

// responsable is one of those responsible for a pupil of the selection.
type responsable struct {
	foyer.Personne
	TelDomicile  string
	TelTravail   string
	TelPortable  string
	Courriel     string
	Associations bool
}

func (r responsable) telephones() []string {
	return telephones(r.TelPortable, r.TelDomicile, r.TelTravail)
}

// dits keeps what is known of several things.
func dits(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// telephones are numbers that no line cuts in two.
func telephones(list ...string) []string {
	for i, t := range list {
		list[i] = strings.ReplaceAll(t, " ", "\u00a0")
	}
	return dits(list...)
}

// contact is somebody to call, or who may fetch the child.
type contact struct {
	NomFamille  string              `json:"nom_famille"`
	Prenom      string              `json:"prenom"`
	Lien        dossier.LienContact `json:"lien"`
	TelPortable string              `json:"tel_portable"`
	TelDomicile string              `json:"tel_domicile"`
	TelTravail  string              `json:"tel_travail"`
	Urgence     bool                `json:"urgence"`
	Autorisee   bool                `json:"autorisee"`
}

func (c contact) nom() string { return eleve.NomListe(c.NomFamille, "", c.Prenom) }

func (c contact) telephones() []string { return telephones(c.TelPortable, c.TelDomicile, c.TelTravail) }

// choisisSQL are the pupils of the school of the agent, present or expected that year: all, those of a class, or some.
const choisisSQL = `
	from scolarite s join eleve e on e.id = s.eleve_id
	where s.ecole_uai = $1 and s.annee = $2 and s.etat = any ($3)
		and ($4::uuid is null or s.classe_id = $4) and ($5::uuid[] is null or s.eleve_id = any ($5))`

var elevesSQL = `
	select s.eleve_id as id, s.id as scolarite_id, e.nom_famille, e.nom_usage, e.prenom, e.prenom2, e.prenom3, e.sexe, e.date_naissance,
		e.ne_etranger, coalesce(e.commune_naissance_insee, '') as commune_naissance_insee, coalesce(s.niveau, '') as niveau,
		coalesce(k.id, '00000000-0000-0000-0000-000000000000') as classe_id, coalesce(k.libelle_court, '') as classe,
		coalesce(k.enseignant, '') as enseignant, s.date_admission,
		` + foyer.DomicileSQL("e") + `,
		coalesce(p.garderie_matin, false) as garderie_matin, coalesce(p.garderie_soir, false) as garderie_soir,
		coalesce(p.etude, false) as etude, coalesce(p.restaurant, false) as restaurant, coalesce(p.transport, false) as transport,
		coalesce(t.assureur, '') as assureur, coalesce(t.num_contrat, '') as num_contrat,
		coalesce(t.responsabilite_civile, false) as responsabilite_civile,
		coalesce(t.individuelle_accident, false) as individuelle_accident,
		coalesce(t.attestation_fournie, false) as attestation_fournie, coalesce(t.photo, false) as photo,
		coalesce(t.rentre_seul, false) as rentre_seul, t.eleve_id is not null as autorisations_connues,
		coalesce((select json_agg(c) from (
			select nom_famille, prenom, lien, tel_portable, tel_domicile, tel_travail, urgence, autorisee
			from personne_autorisee where eleve_id = s.eleve_id order by rang, id) c), '[]') as contacts
	from (select s.* ` + choisisSQL + `) s join eleve e on e.id = s.eleve_id
	left join classe k on k.id = s.classe_id left join adresse a on a.id = e.adresse_id
	left join periscolaire p on p.eleve_id = s.eleve_id and p.annee = s.annee
	left join autorisation t on t.eleve_id = s.eleve_id and t.annee = s.annee
	order by k.libelle_court nulls last, s.cle_nom, s.id`

var responsablesSQL = `
	select ` + foyer.PersonneSQL + `, r.tel_domicile, r.tel_travail, r.tel_portable, r.courriel, l.associations,
		` + foyer.DomicileSQL("r") + `
	from lien_responsable l join responsable r on r.id = l.responsable_id left join adresse a on a.id = r.adresse_id
	where l.eleve_id in (select s.eleve_id ` + choisisSQL + `) order by l.eleve_id, l.rang`

// tireSQL notes in the journal each file of which something is printed.
const tireSQL = `
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
	select $6, $7, $8, $9, $10, 'eleve', s.eleve_id, s.ecole_uai ` + choisisSQL

type classe struct {
	ID      uuid.UUID `json:"id"`
	Libelle string    `json:"libelle"`
}

// lu is what a document is made of.
type lu struct {
	ecole        etablissement
	eleves       []inscrit
	responsables map[uuid.UUID][]responsable
}

// lire reads the selection in one round trip, and notes in the journal whose papers were seen.
func (p Pages) lire(ctx context.Context, agent habilitation.Agent, c choix) (lu, error) {
	var l lu
	var responsables []responsable
	who := []any{agent.Ecole, int(c.annee), c.etats(), c.classe, c.parmi()}
	err := p.DB.Lire(ctx, agent.Portee(), func(r *territoire.Lecture) {
		r.Exec(tireSQL, append(who, agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(journal.Editer))...)
		territoire.Une(r, &l.ecole, ecoleSQL, agent.Ecole, int(c.annee))
		territoire.Toutes(r, &l.eleves, elevesSQL, who...)
		territoire.Toutes(r, &responsables, responsablesSQL, who...)
	})
	l.responsables = map[uuid.UUID][]responsable{}
	for _, r := range responsables {
		l.responsables[r.EleveID] = append(l.responsables[r.EleveID], r)
	}
	return l, err
}

// parmi are the pupils among whom to choose: nobody before the agent has said whom, all when he has named none.
func (c choix) parmi() []uuid.UUID {
	if !c.fait() {
		return []uuid.UUID{}
	}
	return c.eleves
}

// etats are the states of those who are in the school, and in the years to come of those who will be.
func (c choix) etats() []string {
	if c.annee > c.presente {
		return []string{string(scolarite.AdmisDefinitif), string(scolarite.AdmisAccepte)}
	}
	if c.partis && c.eleves != nil {
		return []string{string(scolarite.AdmisDefinitif), string(scolarite.Radie)}
	}
	return []string{string(scolarite.AdmisDefinitif)}
}

// foyers are the homes to which the papers of a pupil go.
func (l lu) foyers(e inscrit) []foyer.Foyer { return e.Foyers(l.gens(e.ID)) }

// chez is one of them, as an envelope names it.
func (l lu) chez(e inscrit, f foyer.Foyer) foyer.Maison { return e.Chez(f, l.gens(e.ID)) }

// maisons are the homes of all the pupils, brothers and sisters together.
func (l lu) maisons() []foyer.Maison {
	enfants, gens := make([]foyer.Enfant, len(l.eleves)), map[uuid.UUID][]foyer.Personne{}
	for i, e := range l.eleves {
		enfants[i], gens[e.ID] = e.Enfant, l.gens(e.ID)
	}
	return foyer.Maisons(enfants, gens)
}

func (l lu) gens(id uuid.UUID) []foyer.Personne {
	var list []foyer.Personne
	for _, r := range l.responsables[id] {
		list = append(list, r.Personne)
	}
	return list
}
