package eleve

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
)

// rangee is a row of a table, by column.
type rangee map[string]any

// Rangees are the rows of a new file, for a function of the base that writes them for a role which may not.
type Rangees struct {
	Eleve        rangee   `json:"eleve"`
	Adresses     []rangee `json:"adresses"`
	Responsables []rangee `json:"responsables"`
	Liens        []rangee `json:"liens"`
}

// Rangees are those of this child, the identifiers drawn. Everybody is new: nobody is shared with another family.
func (n Nouveau) Rangees(agent habilitation.Agent) (id uuid.UUID, l Rangees, err error) {
	if err := n.Valider(agent); err != nil {
		return uuid.Nil, l, err
	}
	id = uuid.New()
	i, domicile := n.Identite, l.loger(n.Adresse)
	l.Eleve = rangee{
		"id": id, "ecole_uai": vide(n.Ecole), "mairie_insee": vide(n.Commune), "nom_famille": i.NomFamille, "nom_usage": i.NomUsage,
		"prenom": i.Prenom, "prenom2": i.Prenom2, "prenom3": i.Prenom3, "sexe": i.Sexe, "date_naissance": i.DateNaissance,
		"ne_etranger": i.NeEtranger, "commune_naissance_insee": vide(i.CommuneNaissance), "adresse_id": domicile, "cree_le": agent.Maintenant,
	}
	for rang, r := range n.Responsables {
		l.entourer(id, domicile, rang+1, r)
	}
	return id, l, nil
}

func (l *Rangees) loger(a Adresse) uuid.UUID {
	id := uuid.New()
	l.Adresses = append(l.Adresses, rangee{
		"id": id, "complement": a.Complement, "voie": a.Voie, "lieu_dit": a.LieuDit, "code_postal": a.CodePostal,
		"commune_insee": vide(a.CommuneInsee), "commune": a.Commune, "pays": a.Pays,
	})
	return id
}

func (l *Rangees) entourer(eleve, domicile uuid.UUID, rang int, r Responsable) {
	id := uuid.New()
	var adresse *uuid.UUID
	switch {
	case r.MemeAdresse:
		adresse = &domicile
	case !r.Adresse.Vide():
		own := l.loger(r.Adresse)
		adresse = &own
	}
	l.Responsables = append(l.Responsables, rangee{
		"id": id, "nature": r.Nature, "civilite": r.Civilite, "nom_famille": r.NomFamille, "nom_usage": r.NomUsage, "prenom": r.Prenom,
		"organisme": r.Organisme, "fonction": r.Fonction, "adresse_id": adresse, "tel_domicile": r.TelDomicile,
		"tel_travail": r.TelTravail, "tel_portable": r.TelPortable, "courriel": r.Courriel,
	})
	l.Liens = append(l.Liens, rangee{
		"eleve_id": eleve, "responsable_id": id, "lien": r.Lien, "autorite_parentale": r.AutoriteParentale,
		"heberge": r.Heberge || r.MemeAdresse, "associations": r.Associations, "rang": rang,
	})
}

// vide is a value that may be missing.
func vide(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
