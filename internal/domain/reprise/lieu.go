package reprise

import (
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/onde"
)

// lieux finds the communes that files name; a file names the same few over and over.
type lieux struct{ connus map[string]lieu }

type lieu struct {
	commune commune.Commune
	motif   string // why none was found
}

func newLieux() *lieux { return &lieux{map[string]lieu{}} }

// trouver finds a commune by its code, else by its postal code and name, else by its name alone.
func (l *lieux) trouver(insee, codePostal, nom string) lieu {
	key := insee + "|" + codePostal + "|" + nom
	found, known := l.connus[key]
	if !known {
		found = chercher(insee, codePostal, nom)
		l.connus[key] = found
	}
	return found
}

func chercher(insee, codePostal, nom string) lieu {
	if c, ok := commune.Find(insee); ok && insee != "" {
		return lieu{commune: c}
	}
	c, err := commune.Parse(strings.TrimSpace(codePostal + " " + nom))
	if err != nil && nom != "" {
		if alone, errNom := commune.Parse(nom); errNom == nil { // a postal code of CEDEX
			c, err = alone, nil
		}
	}
	if err != nil {
		return lieu{motif: err.Error()}
	}
	return lieu{commune: c}
}

// estFrance tells the country of an address that has an INSEE code; a file that says none means France.
func estFrance(pays string) bool {
	switch rapprochement.Plier(pays) {
	case "", "france", "100", "99100", "fr":
		return true
	}
	return false
}

func ligneAdresse(voie, codePostal, commune, pays string) string {
	if voie+codePostal+commune == "" {
		return ""
	}
	if estFrance(pays) {
		pays = ""
	}
	return rapprochement.Plier(strings.Join([]string{voie, codePostal, commune, pays}, " "))
}

func affiche(voie, codePostal, commune, pays string) string {
	text := strings.TrimSpace(codePostal + " " + commune)
	if voie != "" && text != "" {
		text = voie + ", " + text
	} else {
		text = voie + text
	}
	if !estFrance(pays) {
		text += ", " + pays
	}
	return text
}

// foyer is a home of a family: brothers and sisters at the same address share it.
func foyer(nom, adresse string) string { return rapprochement.Plier(nom) + "|" + adresse }

// habiter notes the homes of a pupil of the base.
func (p *planification) habiter(e *Eleve) {
	if e.AdresseID != nil && !e.Protegee {
		p.foyers[foyer(e.NomFamille, ligneAdresse(e.Adresse, e.CodePostal, e.Commune, e.Pays))] = *e.AdresseID
	}
	if e.Adresse2ID != nil && !e.Protegee2 {
		p.foyers[foyer(e.NomFamille, ligneAdresse(e.Adresse2, e.CodePostal2, e.Commune2, e.Pays2))] = *e.Adresse2ID
	}
}

// logement is a home that a line gives, resolved: its commune is the register's.
type logement struct {
	row map[string]any
	cle string // the home as it is compared
}

// resoudre reads the home of a line. One whose commune is not known is said and left out: it is completed in the file,
// or in the dossier, where the list of what is to repair counts it.
func (p *planification) resoudre(ligne int, a onde.Adresse) (l logement) {
	if a.Vide() {
		return l
	}
	if l.row = p.adresse(ligne, a); l.row != nil {
		l.cle = ligneAdresse(a.Voie, l.row["code_postal"].(string), l.row["commune"].(string), l.row["pays"].(string))
	}
	return l
}

func (l logement) affiche() string {
	return affiche(l.row["voie"].(string), l.row["code_postal"].(string), l.row["commune"].(string), l.row["pays"].(string))
}

// loger finds the home among those of the family, or plans it.
func (p *planification) loger(ligne int, famille string, l logement) *uuid.UUID {
	if l.row == nil {
		return nil
	}
	key := foyer(famille, l.cle)
	id, shared := p.foyers[key]
	if !shared {
		id = p.ajouter(ligne, "adresse", uuid.New(), uuid.Nil, l.row)
		p.foyers[key] = id
	}
	return &id
}

// adresse is the row of a home, nil when its commune is not known.
func (p *planification) adresse(ligne int, a onde.Adresse) map[string]any {
	row := map[string]any{
		"complement": "", "voie": a.Voie, "lieu_dit": "", "code_postal": a.CodePostal, "commune": a.Commune,
		"commune_insee": nil, "pays": eleve.NomPropre(a.Pays),
	}
	if !estFrance(a.Pays) {
		if a.Commune == "" {
			p.ecarterAdresse(ligne, a, "Complétez la commune dans le fichier.")
			return nil
		}
		return row
	}
	l := p.lieux.trouver(a.Insee, a.CodePostal, a.Commune)
	if l.motif != "" {
		p.ecarterAdresse(ligne, a, l.motif)
		return nil
	}
	row["commune_insee"], row["commune"], row["pays"] = l.commune.Insee, l.commune.Nom, eleve.France
	if postaux := l.commune.Postaux(); a.CodePostal == "" && len(postaux) == 1 {
		row["code_postal"] = postaux[0]
	}
	return row
}

func (p *planification) ecarterAdresse(ligne int, a onde.Adresse, remede string) {
	p.avertir(ligne, "Commune", affiche(a.Voie, a.CodePostal, a.Commune, a.Pays),
		"La commune de l’adresse n’est pas reconnue\u00a0: l’adresse est laissée de côté.", remede)
}
