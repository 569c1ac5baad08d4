package eleves

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
)

// complements is what hangs from a pupil beside his identity, home and responsables. It comes with him as one column,
// so that the page costs no more statements than before.
type complements struct {
	Domicile2     *domicile2       `json:"domicile2"`
	Contacts      []contact        `json:"contacts"`
	Periscolaire  []periscolaireAn `json:"periscolaire"`
	Autorisations []autorisationAn `json:"autorisations"`
	Documents     []piece          `json:"documents"`
	Reunis        []reuni          `json:"reunis"`
	HorsEcole     []horsEcole      `json:"hors_ecole"`
	Dispositifs   []benefice       `json:"dispositifs"`
}

// domicile2 is the second home; Chez is the responsable who lives there, if one does.
type domicile2 struct {
	Complement   string     `json:"complement"`
	Voie         string     `json:"voie"`
	LieuDit      string     `json:"lieu_dit"`
	CodePostal   string     `json:"code_postal"`
	CommuneInsee string     `json:"commune_insee"`
	Commune      string     `json:"commune"`
	Pays         string     `json:"pays"`
	Protegee     bool       `json:"protegee"`
	Chez         *uuid.UUID `json:"chez"`
}

func (d domicile2) domain() eleve.Adresse {
	return eleve.Adresse{
		Complement: d.Complement, Voie: d.Voie, LieuDit: d.LieuDit, CodePostal: d.CodePostal,
		CommuneInsee: d.CommuneInsee, Commune: d.Commune, Pays: d.Pays,
	}
}

// contact is somebody to call, or who may fetch the child.
type contact struct {
	ID          uuid.UUID           `json:"id"`
	Version     int                 `json:"version"`
	NomFamille  string              `json:"nom_famille"`
	Prenom      string              `json:"prenom"`
	Lien        dossier.LienContact `json:"lien"`
	TelPortable string              `json:"tel_portable"`
	TelDomicile string              `json:"tel_domicile"`
	TelTravail  string              `json:"tel_travail"`
	Urgence     bool                `json:"urgence"`
	Autorisee   bool                `json:"autorisee"`
}

func (c contact) domain() dossier.Contact {
	return dossier.Contact{
		NomFamille: c.NomFamille, Prenom: c.Prenom, Lien: c.Lien, TelPortable: c.TelPortable, TelDomicile: c.TelDomicile,
		TelTravail: c.TelTravail, Urgence: c.Urgence, Autorisee: c.Autorisee,
	}
}

// periscolaireAn is the périscolaire of one year.
type periscolaireAn struct {
	Annee         ecole.Annee `json:"annee"`
	Version       int         `json:"version"`
	GarderieMatin bool        `json:"garderie_matin"`
	GarderieSoir  bool        `json:"garderie_soir"`
	Etude         bool        `json:"etude"`
	Restaurant    bool        `json:"restaurant"`
	Transport     bool        `json:"transport"`
	Fin           string      `json:"fin"`
}

func (p periscolaireAn) domain() dossier.Periscolaire {
	return dossier.Periscolaire{
		GarderieMatin: p.GarderieMatin, GarderieSoir: p.GarderieSoir, Etude: p.Etude, Restaurant: p.Restaurant, Transport: p.Transport,
	}
}

// autorisationAn is the insurance and the authorisations of one year.
type autorisationAn struct {
	Annee                ecole.Annee `json:"annee"`
	Version              int         `json:"version"`
	Assureur             string      `json:"assureur"`
	NumContrat           string      `json:"num_contrat"`
	ResponsabiliteCivile bool        `json:"responsabilite_civile"`
	IndividuelleAccident bool        `json:"individuelle_accident"`
	AttestationFournie   bool        `json:"attestation_fournie"`
	Photo                bool        `json:"photo"`
	RentreSeul           bool        `json:"rentre_seul"`
}

func (a autorisationAn) domain() dossier.Autorisation {
	return dossier.Autorisation{
		Assureur: a.Assureur, NumContrat: a.NumContrat, ResponsabiliteCivile: a.ResponsabiliteCivile,
		IndividuelleAccident: a.IndividuelleAccident, AttestationFournie: a.AttestationFournie, Photo: a.Photo, RentreSeul: a.RentreSeul,
	}
}

// piece is a paper issued about the pupil.
type piece struct {
	Type     document.Type `json:"type"`
	Emetteur string        `json:"emetteur"`
	Annee    int           `json:"annee"`
	Numero   int           `json:"numero"`
	EditeLe  time.Time     `json:"edite_le"`
}

func (p piece) numero() string {
	return document.Numero{Emetteur: p.Emetteur, Annee: p.Annee, Rang: p.Numero}.String()
}

// Each part of the file and who reads it: security.md §5. The database role of the others has no right to ask.
var parts = []struct {
	name  string
	roles []habilitation.Role
	sql   string
}{
	{"domicile2", []habilitation.Role{habilitation.Mairie, habilitation.Directeur, habilitation.IEN, habilitation.IA}, `
		(select row_to_json(x) from (select complement, voie, lieu_dit, code_postal, coalesce(commune_insee, '') as commune_insee,
			commune, pays, protegee, (select r.id from responsable r join lien_responsable l on l.responsable_id = r.id
				where l.eleve_id = e.id and r.adresse_id = e.adresse2_id order by l.rang limit 1) as chez
			from adresse where id = e.adresse2_id) x)`},
	{"contacts", []habilitation.Role{habilitation.Mairie, habilitation.Directeur}, `
		(select json_agg(x) from (select id, version, nom_famille, prenom, lien, tel_portable, tel_domicile, tel_travail,
			urgence, autorisee from personne_autorisee where eleve_id = e.id order by rang, id) x)`},
	{"periscolaire", []habilitation.Role{habilitation.Mairie, habilitation.Directeur}, `
		(select json_agg(x) from (select annee, version, garderie_matin, garderie_soir, etude, restaurant, transport,
			coalesce(to_char(fin, 'DD/MM/YYYY'), '') as fin from periscolaire where eleve_id = e.id order by annee desc) x)`},
	{"autorisations", []habilitation.Role{habilitation.Directeur}, `
		(select json_agg(x) from (select annee, version, assureur, num_contrat, responsabilite_civile, individuelle_accident,
			attestation_fournie, photo, rentre_seul from autorisation where eleve_id = e.id order by annee desc) x)`},
	{"documents", []habilitation.Role{habilitation.Mairie, habilitation.Directeur, habilitation.IEN, habilitation.IA}, `
		(select json_agg(x) from (select type, emetteur, annee, numero, edite_le from document
			where eleve_id = any (dossiers_reunis($1))
			order by edite_le desc, numero desc) x)`},
	{"hors_ecole", []habilitation.Role{habilitation.Mairie, habilitation.Directeur, habilitation.IA}, `
		(select json_agg(x) from (select id, modalite, to_char(debut, 'DD/MM/YYYY') as debut, coalesce(to_char(fin, 'DD/MM/YYYY'), '') as fin,
			coalesce((select nom from ecole where uai = r.ecole_uai), '') as ecole
			from rattachement r where eleve_id = e.id order by r.debut desc) x)`},
	{"dispositifs", []habilitation.Role{habilitation.Directeur, habilitation.IEN, habilitation.IA}, `
		(select json_agg(x) from (select id, dispositif, to_char(debut, 'DD/MM/YYYY') as debut, coalesce(to_char(fin, 'DD/MM/YYYY'), '') as fin
			from beneficiaire b where eleve_id = e.id order by b.debut desc) x)`},
	{"reunis", []habilitation.Role{habilitation.Directeur, habilitation.IA}, `
		(select json_agg(x) from (
			select f.id, f.absorbe_id as autre, true as ici, a.nom_famille, a.nom_usage, a.prenom, f.faite_le
			from fusion f join eleve a on a.id = f.absorbe_id where f.garde_id = $1 and f.defaite_le is null
			union all
			select f.id, f.garde_id, false, g.nom_famille, g.nom_usage, g.prenom, f.faite_le
			from fusion f join eleve g on g.id = f.garde_id where f.absorbe_id = $1 and f.defaite_le is null) x)`},
}

// complementsByRole is the column that brings to each role the parts it reads.
var complementsByRole = func() map[habilitation.Role]string {
	columns := map[habilitation.Role]string{}
	for _, p := range parts {
		for _, r := range p.roles {
			if columns[r] != "" {
				columns[r] += ", "
			}
			columns[r] += "'" + p.name + "', " + strings.TrimSpace(p.sql)
		}
	}
	for r, c := range columns {
		columns[r] = "json_build_object(" + c + ") as complements, "
	}
	return columns
}()

func complementsSQL(r habilitation.Role) string { return complementsByRole[r] }
