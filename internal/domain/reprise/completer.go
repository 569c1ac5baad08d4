package reprise

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/scolarite"
)

// jour is a date as the base writes it in JSON.
func jour(t time.Time) string { return t.Format(time.DateOnly) }

// completer plans what a line changes of a pupil whom the school has.
func (p *planification) completer(a *arrivant) {
	e := a.connu
	d := newEcart()
	d.texte("nom_usage", "Nom d’usage", e.NomUsage, eleve.NomPropre(a.NomUsage))
	d.texte("prenom2", "Deuxième prénom", e.Prenom2, eleve.NomPropre(a.Prenom2))
	d.texte("prenom3", "Troisième prénom", e.Prenom3, eleve.NomPropre(a.Prenom3))
	p.lieuNaissance(a, d)
	p.demenager(a, d)
	p.modifier(a.Ligne, "eleve", e.ID, e.ID, d)
	a.champs = append(a.champs, d.champs...)
	p.suivre(a)
	p.autoriser(a, e.ID, e)
	if a.ine != "" && e.INE == "" {
		p.immatriculer(a, e.ID)
	}
	p.entourer(a, e.ID)
}

// lieuNaissance completes a place of birth that is missing; it never replaces one that a person has typed.
func (p *planification) lieuNaissance(a *arrivant, d *ecart) {
	e := a.connu
	if e.NeEtranger || e.CommuneNaissanceInsee != "" {
		return
	}
	if a.etranger {
		d.changer("ne_etranger", "Né à l’étranger", false, true, "Non", "Oui")
	} else if c, ok := commune.Find(a.naissance); ok && a.naissance != "" {
		d.changer("commune_naissance_insee", "Commune de naissance", nil, c.Insee, "", c.Libelle())
	}
}

// demenager gives the pupil a home of his own when the file says another: brothers and sisters whom no line moves stay.
// A protected address is never compared nor replaced.
func (p *planification) demenager(a *arrivant, d *ecart) {
	e := a.connu
	if l := a.domicile; l.row != nil && !e.Protegee && l.cle != ligneAdresse(e.Adresse, e.CodePostal, e.Commune, e.Pays) {
		d.changer("adresse_id", "Adresse", e.AdresseID, p.loger(a.Ligne, e.NomFamille, l),
			affiche(e.Adresse, e.CodePostal, e.Commune, e.Pays), l.affiche())
	}
	if l := a.second; l.row != nil && !e.Protegee2 && l.cle != ligneAdresse(e.Adresse2, e.CodePostal2, e.Commune2, e.Pays2) &&
		l.cle != a.domicile.cle {
		d.changer("adresse2_id", "Seconde adresse", e.Adresse2ID, p.loger(a.Ligne, e.NomFamille, l),
			affiche(e.Adresse2, e.CodePostal2, e.Commune2, e.Pays2), l.affiche())
	}
}

// suivre plans the scolarité of the year of a pupil whom the school has: opened when he has none, else brought to the
// level and the class of the file.
func (p *planification) suivre(a *arrivant) {
	e := a.connu
	if e.ScolariteID == nil {
		p.scolariser(a, e.ID)
		return
	}
	d := newEcart()
	if a.Niveau != "" && a.Niveau != e.Niveau {
		d.changer("niveau", "Niveau", e.Niveau, a.Niveau, e.Niveau, a.Niveau)
		if e.ClasseID != nil && a.classement == nil { // his class may not open that level
			a.classement = p.classes.parID[*e.ClasseID]
		}
	}
	if c := a.classement; c != nil {
		c.ouvre(a.niveau())
		if e.ClasseID == nil || *e.ClasseID != c.id {
			d.changer("classe_id", "Classe", e.ClasseID, c.id, p.classes.nom(e.ClasseID), c.libelle)
			p.affecter(a, e.ID, *e.ScolariteID)
		}
	}
	p.modifier(a.Ligne, "scolarite", *e.ScolariteID, e.ID, d)
	a.champs = append(a.champs, d.champs...)
}

// scolariser plans the scolarité of a pupil to create, or who comes up from a year before. A take-over made ahead of the
// rentrée accepts; one made after admits for good.
func (p *planification) scolariser(a *arrivant, eleve uuid.UUID) {
	effet := p.base.Annee.Rentree()
	row := map[string]any{
		"eleve_id": eleve, "ecole_uai": p.base.Ecole, "annee": int(p.base.Annee), "fin_annee": jour(p.base.Annee.Fin()),
		"etat": scolarite.AdmisDefinitif, "niveau": a.niveau(), "classe_id": nil, "date_effet": jour(effet), "date_admission": jour(effet),
	}
	if effet.After(p.base.Aujourdhui) {
		row["etat"], row["date_admission"] = scolarite.AdmisAccepte, nil
	}
	a.champs = append(a.champs, Champ{"Niveau", "", a.niveau()})
	id := uuid.New()
	if c := a.classement; c != nil {
		c.ouvre(a.niveau())
		row["classe_id"] = c.id
		a.champs = append(a.champs, Champ{"Classe", "", c.libelle})
	}
	p.ajouter(a.Ligne, "scolarite", id, eleve, row)
	if a.classement != nil {
		p.affecter(a, eleve, id)
	}
}

// affecter plans the period in the class, and the end of the one in the class before.
func (p *planification) affecter(a *arrivant, eleve, scolarite uuid.UUID) {
	debut := p.base.Annee.Rentree()
	if e := a.connu; e != nil && e.AffectationID != nil {
		if debut = p.base.Aujourdhui; e.AffectationDebut.After(debut) {
			debut = *e.AffectationDebut
		}
		fin := newEcart()
		fin.avant["fin"], fin.apres["fin"] = nil, jour(debut)
		p.modifier(a.Ligne, "affectation", *e.AffectationID, eleve, fin)
	}
	p.ajouter(a.Ligne, "affectation", uuid.New(), eleve, map[string]any{
		"scolarite_id": scolarite, "ecole_uai": p.base.Ecole, "classe_id": a.classement.id, "debut": jour(debut),
	})
}

// autoriser plans the insurance and the authorisations of the year. known is nil for a pupil to create.
func (p *planification) autoriser(a *arrivant, id uuid.UUID, known *Eleve) {
	if known == nil {
		known = &Eleve{}
	}
	d := newEcart()
	d.ouiNon("attestation_fournie", "Attestation d’assurance", known.AttestationFournie, a.Attestation)
	d.ouiNon("photo", "Autorisation photo", known.Photo, a.Photo)
	a.champs = append(a.champs, d.champs...)
	if known.Autorisation {
		p.modifier(a.Ligne, "autorisation", id, id, d)
	} else if len(d.apres) > 0 {
		p.ajouter(a.Ligne, "autorisation", id, id, map[string]any{
			"eleve_id": id, "annee": int(p.base.Annee), "attestation_fournie": a.Attestation == "Oui", "photo": a.Photo == "Oui",
			"assureur": "", "num_contrat": "", "responsabilite_civile": false, "individuelle_accident": false, "rentre_seul": false,
		})
	}
}
