package reprise

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/onde"
)

// libelles are the columns of a responsable as they are shown.
var libelles = map[string]string{
	"civilite": "Civilité", "nom_usage": "Nom d’usage", "tel_domicile": "Téléphone du domicile", "tel_travail": "Téléphone du travail",
	"tel_portable": "Téléphone portable", "courriel": "Courriel",
}

// lier plans the person of a line and what he is to each child.
func (p *planification) lier(r onde.Responsable, one Responsable, enfants []uuid.UUID) (champs []Champ, cree bool) {
	home := p.resoudre(r.Ligne, r.Adresse)
	if home.row != nil {
		one.Adresse, one.CodePostal = home.row["voie"].(string), home.row["code_postal"].(string)
		one.Commune, one.Pays = home.row["commune"].(string), home.row["pays"].(string)
	}
	p.nettoyer(r.Ligne, &one)
	who := p.gens.trouver(one, enfants)
	if cree = who == nil; cree {
		who = p.embaucher(r, one, home)
		champs = append(champs, Champ{"Responsable", "", who.affiche()})
	} else if !who.neuve {
		champs = append(champs, p.actualiser(r, who, one, home)...)
	}
	for _, id := range enfants {
		champs = append(champs, p.relier(r, who, id)...)
	}
	return champs, cree
}

// embaucher plans a person whom the base does not have.
func (p *planification) embaucher(r onde.Responsable, one Responsable, home logement) *personne {
	one.ID = uuid.New()
	famille := one.NomFamille + one.Organisme
	if len(r.Enfants) > 0 {
		famille = r.Enfants[0].NomFamille
	}
	one.AdresseID = p.loger(r.Ligne, famille, home)
	who := &personne{Responsable: one, liens: map[uuid.UUID]Responsable{}, cles: coordonnees(one), neuve: true}
	p.gens.ranger(who)
	p.ajouter(r.Ligne, "responsable", one.ID, uuid.Nil, map[string]any{
		"nature": one.Nature, "civilite": one.Civilite, "nom_famille": one.NomFamille, "nom_usage": one.NomUsage, "prenom": one.Prenom,
		"organisme": one.Organisme, "fonction": "", "adresse_id": one.AdresseID, "tel_domicile": one.TelDomicile,
		"tel_travail": one.TelTravail, "tel_portable": one.TelPortable, "courriel": one.Courriel,
	})
	return who
}

// actualiser plans what a line changes of a person whom the base has.
func (p *planification) actualiser(r onde.Responsable, who *personne, one Responsable, home logement) []Champ {
	d := newEcart()
	for _, c := range []struct{ colonne, avant, apres string }{
		{"civilite", who.Civilite, one.Civilite}, {"nom_usage", who.NomUsage, one.NomUsage},
		{"tel_domicile", who.TelDomicile, one.TelDomicile}, {"tel_travail", who.TelTravail, one.TelTravail},
		{"tel_portable", who.TelPortable, one.TelPortable}, {"courriel", who.Courriel, one.Courriel},
	} {
		d.texte(c.colonne, libelles[c.colonne], c.avant, c.apres)
	}
	before := ligneAdresse(who.Adresse, who.CodePostal, who.Commune, who.Pays)
	if home.row != nil && !who.Protegee && home.cle != before {
		d.changer("adresse_id", "Adresse", who.AdresseID, p.loger(r.Ligne, who.NomFamille, home),
			affiche(who.Adresse, who.CodePostal, who.Commune, who.Pays), home.affiche())
	}
	p.modifier(r.Ligne, "responsable", who.ID, uuid.Nil, d)
	return d.champs
}

// relier plans the tie to a child: added when there is none, its consent and its authority changed when the file says them.
func (p *planification) relier(r onde.Responsable, who *personne, id uuid.UUID) []Champ {
	if known, linked := who.liens[id]; linked {
		d := newEcart()
		d.texte("lien", "Lien", known.Lien, r.Lien)
		d.ouiNon("autorite_parentale", "Autorité parentale", known.AutoriteParentale, r.Autorite)
		d.ouiNon("associations", "Communication aux associations", known.Associations, r.Communication)
		if len(d.apres) == 0 {
			return nil
		}
		for i := range d.champs {
			if d.champs[i].Libelle == "Lien" {
				d.champs[i].Avant, d.champs[i].Apres = eleve.Lien(known.Lien).Label(), eleve.Lien(r.Lien).Label()
			}
		}
		p.modifier(r.Ligne, "lien_responsable", who.ID, id, d)
		return d.champs
	}
	lien, autorite := p.deduire(r, who)
	p.gens.rangs[id]++
	p.ajouter(r.Ligne, "lien_responsable", who.ID, id, map[string]any{
		"eleve_id": id, "responsable_id": who.ID, "lien": lien, "autorite_parentale": autorite,
		"rang": p.gens.rangs[id], "heberge": false, "associations": r.Communication == "Oui",
	})
	who.liens[id] = Responsable{Lien: string(lien), AutoriteParentale: autorite, Associations: r.Communication == "Oui"}
	return []Champ{{"Lien avec l’élève", "", lien.Label()}}
}

// deduire is the tie and the authority: what the file says, else what the directeur has chosen for the whole file. Father
// and mother hold parental authority unless a judge has said otherwise (art. 372 of the code civil).
func (p *planification) deduire(r onde.Responsable, who *personne) (eleve.Lien, bool) {
	lien := eleve.Lien(r.Lien)
	if lien == "" {
		lien = "autre"
		if p.liens == ParCivilite && who.Nature == string(eleve.Personne) {
			lien = map[string]eleve.Lien{"M.": "pere", "Mme": "mere", "": "autre"}[r.Civilite]
		}
	}
	if r.Autorite != "" {
		return lien, r.Autorite == "Oui"
	}
	return lien, lien == "pere" || lien == "mere"
}
