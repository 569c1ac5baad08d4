package remises

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/siecle"
)

// eleve is a pupil as a program reads him: what the files of SIECLE say, in the words of the register.
type eleve struct {
	ID               uuid.UUID     `json:"id"`
	Numero           int           `json:"numero"`
	INE              string        `json:"ine,omitempty"`
	NomFamille       string        `json:"nom_famille"`
	NomUsage         string        `json:"nom_usage,omitempty"`
	Prenoms          []string      `json:"prenoms"`
	Sexe             string        `json:"sexe"`
	DateNaissance    string        `json:"date_naissance"`
	NeEtranger       bool          `json:"ne_etranger"`
	CommuneNaissance string        `json:"commune_naissance_insee,omitempty"`
	SEGPA            bool          `json:"segpa"`
	Ecole            string        `json:"ecole_uai"`
	Niveau           string        `json:"niveau"`
	Classe           string        `json:"classe,omitempty"`
	AdresseProtegee  bool          `json:"adresse_protegee"`
	Adresse          *adresse      `json:"adresse,omitempty"`
	Responsables     []responsable `json:"responsables"`
}

type responsable struct {
	Organisme   string   `json:"organisme,omitempty"`
	Civilite    string   `json:"civilite,omitempty"`
	NomFamille  string   `json:"nom_famille,omitempty"`
	NomUsage    string   `json:"nom_usage,omitempty"`
	Prenom      string   `json:"prenom,omitempty"`
	Lien        string   `json:"lien"`
	Autorite    bool     `json:"autorite_parentale"`
	Heberge     bool     `json:"heberge"`
	TelDomicile string   `json:"tel_domicile,omitempty"`
	TelTravail  string   `json:"tel_travail,omitempty"`
	TelPortable string   `json:"tel_portable,omitempty"`
	Courriel    string   `json:"courriel,omitempty"`
	Adresse     *adresse `json:"adresse,omitempty"`
}

type adresse struct {
	Complement string `json:"complement,omitempty"`
	Voie       string `json:"voie,omitempty"`
	LieuDit    string `json:"lieu_dit,omitempty"`
	CodePostal string `json:"code_postal,omitempty"`
	Insee      string `json:"commune_insee,omitempty"`
	Commune    string `json:"commune"`
	Pays       string `json:"pays"`
}

// eleves are the pupils of a page.
func eleves(all sixieme.Entrants) []eleve {
	list := make([]eleve, len(all.Eleves))
	for i, f := range all.Fichier(time.Time{}).Eleves {
		x := all.Eleves[i]
		list[i] = eleve{
			ID: x.ID, Numero: x.Numero, INE: x.INE, NomFamille: f.NomFamille, NomUsage: f.NomUsage, Prenoms: prenoms(f), Sexe: f.Sexe,
			DateNaissance: f.Naissance.Format(time.DateOnly), NeEtranger: f.NeEtranger, CommuneNaissance: f.CommuneNaissance,
			SEGPA: f.SEGPA, Ecole: f.Ecole, Niveau: f.Niveau, Classe: f.Classe, AdresseProtegee: x.AdresseProtegee,
			Adresse: adresseDe(f.Adresse), Responsables: responsables(f.Responsables),
		}
	}
	return list
}

func prenoms(e siecle.Eleve) []string {
	list := []string{e.Prenom}
	for _, p := range []string{e.Prenom2, e.Prenom3} {
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}

func responsables(all []siecle.Responsable) []responsable {
	list := make([]responsable, len(all))
	for i, r := range all {
		list[i] = responsable{
			Organisme: r.Organisme, Civilite: r.Civilite, NomFamille: r.NomFamille, NomUsage: r.NomUsage, Prenom: r.Prenom, Lien: r.Lien,
			Autorite: r.Autorite, Heberge: r.Heberge, TelDomicile: r.TelDomicile, TelTravail: r.TelTravail, TelPortable: r.TelPortable,
			Courriel: r.Courriel, Adresse: adresseDe(r.Adresse),
		}
	}
	return list
}

func adresseDe(a siecle.Adresse) *adresse {
	if a.Vide() {
		return nil
	}
	return &adresse{a.Complement, a.Voie, a.LieuDit, a.CodePostal, a.Insee, a.Commune, a.Pays}
}
