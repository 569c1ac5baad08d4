package siecle

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

// The two files are those that SIECLE exports: the programs of collèges (GEPI, SACoche, Pix) read them.
const exportVersion = "3.0"

type exportParametres struct {
	UAJ        string `xml:"UAJ"`
	Annee      int    `xml:"ANNEE_SCOLAIRE"`
	Date       string `xml:"DATE_EXPORT"`
	Horodatage string `xml:"HORODATAGE"`
}

func (e Envoi) parametres() exportParametres {
	return exportParametres{e.College, e.Annee, jourMois(e.Le), e.Le.Format("02/01/2006 15:04:05")}
}

type beeEleves struct {
	XMLName    xml.Name          `xml:"BEE_ELEVES"`
	Version    string            `xml:"VERSION,attr"`
	Parametres exportParametres  `xml:"PARAMETRES"`
	Eleves     []exportEleve     `xml:"DONNEES>ELEVES>ELEVE"`
	Structures []exportStructure `xml:"DONNEES>STRUCTURES>STRUCTURES_ELEVE"`
	Bourses    struct{}          `xml:"DONNEES>BOURSES"`
}

type exportEleve struct {
	ID          int              `xml:"ELEVE_ID,attr"`
	Elenoet     int              `xml:"ELENOET,attr"`
	INE         string           `xml:"ID_NATIONAL,omitempty"`
	BEA         string           `xml:"INE_BEA,omitempty"`
	RNIE        string           `xml:"INE_RNIE,omitempty"`
	Numero      int              `xml:"ELENOET"`
	NomFamille  string           `xml:"NOM_DE_FAMILLE"`
	NomUsage    string           `xml:"NOM_USAGE,omitempty"`
	Prenom      string           `xml:"PRENOM"`
	Prenom2     string           `xml:"PRENOM2,omitempty"`
	Prenom3     string           `xml:"PRENOM3,omitempty"`
	Naissance   string           `xml:"DATE_NAISS"`
	Doublement  int              `xml:"DOUBLEMENT"`
	Pays        string           `xml:"CODE_PAYS"`
	Regime      string           `xml:"CODE_REGIME"`
	Entree      string           `xml:"DATE_ENTREE"`
	Ville       string           `xml:"VILLE_NAISS,omitempty"`
	AdresseID   int              `xml:"ADRESSE_ID,omitempty"`
	Sexe        string           `xml:"CODE_SEXE"`
	Statut      string           `xml:"CODE_STATUT"`
	MEF         string           `xml:"CODE_MEF"`
	Departement string           `xml:"CODE_DEPARTEMENT_NAISS,omitempty"`
	Commune     string           `xml:"CODE_COMMUNE_INSEE_NAISS,omitempty"`
	Transport   int              `xml:"ADHESION_TRANSPORT"`
	Provenance  string           `xml:"CODE_PROVENANCE"`
	AnDernier   exportAnneeAvant `xml:"SCOLARITE_AN_DERNIER"`
}

type exportAnneeAvant struct {
	MEF       string `xml:"CODE_MEF,omitempty"`
	Structure string `xml:"CODE_STRUCTURE,omitempty"`
	Ecole     string `xml:"CODE_RNE"`
	Nom       string `xml:"DENOM_PRINC,omitempty"`
	Insee     string `xml:"CODE_COMMUNE_INSEE,omitempty"`
	Commune   string `xml:"LL_COMMUNE_INSEE,omitempty"`
}

type exportStructure struct {
	ID        int    `xml:"ELEVE_ID,attr"`
	Elenoet   int    `xml:"ELENOET,attr"`
	Structure string `xml:"STRUCTURE>CODE_STRUCTURE"`
	Type      string `xml:"STRUCTURE>TYPE_STRUCTURE"`
}

type beeResponsables struct {
	XMLName    xml.Name         `xml:"BEE_RESPONSABLES"`
	Version    string           `xml:"VERSION,attr"`
	Parametres exportParametres `xml:"PARAMETRES"`
	Personnes  []exportPersonne `xml:"DONNEES>PERSONNES>PERSONNE"`
	Liens      []exportLien     `xml:"DONNEES>RESPONSABLES>RESPONSABLE_ELEVE"`
	Adresses   []exportAdresse  `xml:"DONNEES>ADRESSES>ADRESSE"`
}

type exportPersonne struct {
	ID           int    `xml:"PERSONNE_ID,attr"`
	Civilite     string `xml:"LC_CIVILITE"`
	CiviliteLong string `xml:"LL_CIVILITE"`
	NomFamille   string `xml:"NOM_DE_FAMILLE"`
	NomUsage     string `xml:"NOM_USAGE,omitempty"`
	Prenom       string `xml:"PRENOM"`
	Domicile     string `xml:"TEL_PERSONNEL,omitempty"`
	Travail      string `xml:"TEL_PROFESSIONNEL,omitempty"`
	Portable     string `xml:"TEL_PORTABLE,omitempty"`
	Courriel     string `xml:"MEL,omitempty"`
	AdresseID    int    `xml:"ADRESSE_ID,omitempty"`
	Profession   string `xml:"CODE_PROFESSION"`
}

type exportLien struct {
	Eleve    int    `xml:"ELEVE_ID"`
	Personne int    `xml:"PERSONNE_ID"`
	Legal    int    `xml:"RESP_LEGAL"`
	Parente  string `xml:"CODE_PARENTE"`
	Contact  int    `xml:"PERS_CONTACT"`
	Heberge  int    `xml:"HEBERGE_ELEVE"`
}

type exportAdresse struct {
	ID          int    `xml:"ADRESSE_ID,attr"`
	Ligne1      string `xml:"LIGNE1_ADRESSE,omitempty"`
	Ligne2      string `xml:"LIGNE2_ADRESSE,omitempty"`
	Ligne3      string `xml:"LIGNE3_ADRESSE,omitempty"`
	Ligne4      string `xml:"LIGNE4_ADRESSE,omitempty"`
	Etrangere   string `xml:"COMMUNE_ETRANGERE,omitempty"`
	CodePostal  string `xml:"CODE_POSTAL,omitempty"`
	Pays        string `xml:"CODE_PAYS"`
	Insee       string `xml:"CODE_COMMUNE_INSEE,omitempty"`
	PaysNom     string `xml:"LL_PAYS,omitempty"`
	Departement string `xml:"CODE_DEPARTEMENT,omitempty"`
	Commune     string `xml:"LIBELLE_POSTAL,omitempty"`
}

// ElevesSansAdresses is the file of the pupils, in ISO-8859-15.
func (e Envoi) ElevesSansAdresses() ([]byte, error) {
	doc := beeEleves{Version: exportVersion, Parametres: e.parametres()}
	homes := e.logements()
	for _, p := range e.Eleves {
		doc.Eleves = append(doc.Eleves, p.exporter(e, homes))
		doc.Structures = append(doc.Structures, exportStructure{p.Numero, p.Numero, division, "D"})
	}
	return latin9(doc)
}

// ResponsablesAvecAdresses is the file of the responsables, of their links to the pupils and of the homes of all.
func (e Envoi) ResponsablesAvecAdresses() ([]byte, error) {
	doc := beeResponsables{Version: exportVersion, Parametres: e.parametres()}
	gens, cles := personnes(e.Eleves)
	homes := e.logements()
	for _, p := range gens {
		doc.Personnes = append(doc.Personnes, p.exporter(homes))
	}
	for _, p := range e.Eleves {
		doc.Liens = append(doc.Liens, p.liens(cles)...)
	}
	for _, a := range homes.list {
		doc.Adresses = append(doc.Adresses, a.exporter(homes.ids[a]))
	}
	return latin9(doc)
}

// logements are the homes of a sending, each once, numbered from 1.
type logements struct {
	ids  map[Adresse]int
	list []Adresse
}

func (e Envoi) logements() *logements {
	l := &logements{ids: map[Adresse]int{}}
	for _, p := range e.Eleves {
		l.loger(p.Adresse)
		for _, r := range p.responsables() {
			l.loger(r.Adresse)
		}
	}
	return l
}

func (l *logements) loger(a Adresse) {
	if _, known := l.ids[a]; a.Vide() || known {
		return
	}
	l.list = append(l.list, a)
	l.ids[a] = len(l.list)
}

func (e Eleve) exporter(envoi Envoi, homes *logements) exportEleve {
	ine, bea, rnie := e.ines()
	return exportEleve{
		ID: e.Numero, Elenoet: e.Numero, Numero: e.Numero, INE: ine, BEA: bea, RNIE: rnie, NomFamille: texte(e.NomFamille, 100),
		NomUsage: texte(e.NomUsage, 100), Prenom: texte(e.Prenom, 100), Prenom2: texte(e.Prenom2, 100), Prenom3: texte(e.Prenom3, 100),
		Naissance: jourMois(e.Naissance), Pays: e.paysNaissance(), Regime: regime, Entree: jourMois(envoi.Rentree),
		Ville: e.villeNaissance(), AdresseID: homes.ids[e.Adresse], Sexe: sexe(e.Sexe), Statut: statut, MEF: e.mef(),
		Departement: departement(e.CommuneNaissance), Commune: e.CommuneNaissance, Provenance: provenance,
		AnDernier: exportAnneeAvant{
			MEF: mefEcole[e.Niveau], Structure: e.classe(), Ecole: e.Ecole, Nom: texte(e.EcoleNom, 30), Insee: e.EcoleInsee,
			Commune: texte(e.EcoleCommune, 100),
		},
	}
}

func (p personne) exporter(homes *logements) exportPersonne {
	famille, usage, prenom := p.noms()
	court, long := p.civiliteTexte()
	return exportPersonne{
		ID: p.cle, Civilite: court, CiviliteLong: long, NomFamille: texte(famille, 100), NomUsage: texte(usage, 100), Prenom: texte(prenom, 100),
		Domicile: telephone(p.TelDomicile), Travail: telephone(p.TelTravail), Portable: telephone(p.TelPortable),
		Courriel: texte(p.Courriel, 254), AdresseID: homes.ids[p.Adresse], Profession: sansPCS,
	}
}

// liens are the links of a pupil: the first two who hold the autorité parentale are 1 and 2, the others 0.
func (e Eleve) liens(cles map[string]int) []exportLien {
	var list []exportLien
	for i, r := range e.Legaux() {
		list = append(list, exportLien{e.Numero, cles[r.Cle], i + 1, parente(r.Lien), 1, unOuZero(r.Heberge)})
	}
	for _, r := range e.contacts() {
		list = append(list, exportLien{e.Numero, cles[r.Cle], 0, parente(r.Lien), 1, unOuZero(r.Heberge)})
	}
	return list
}

func unOuZero(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (a Adresse) exporter(id int) exportAdresse {
	l := a.lignes()
	out := exportAdresse{ID: id, Ligne1: l[0], Ligne2: l[1], Ligne3: l[2], Ligne4: l[3], Pays: a.pays(), PaysNom: texte(a.Pays, 100)}
	if a.francaise() {
		out.CodePostal, out.Insee, out.Departement, out.Commune = a.CodePostal, a.Insee, departement(a.Insee), texte(a.Commune, 32)
	} else {
		out.Etrangere = a.etrangere()
	}
	return out
}

// enLatin9 tells the characters of ISO-8859-15 that print.
func enLatin9(r rune) bool {
	b, ok := charmap.ISO8859_15.EncodeRune(r)
	return ok && b >= 0x20 && (b < 0x7F || b >= 0xA0)
}

// latin9 writes a document in ISO-8859-15; every text was made of its characters.
func latin9(doc any) ([]byte, error) {
	b, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		return nil, fmt.Errorf("siecle: write: %w", err)
	}
	var out bytes.Buffer
	out.WriteString(`<?xml version="1.0" encoding="ISO-8859-15"?>` + "\n")
	w := charmap.ISO8859_15.NewEncoder().Writer(&out)
	if _, err := w.Write(append(b, '\n')); err != nil {
		return nil, fmt.Errorf("siecle: encode: %w", err)
	}
	return out.Bytes(), nil
}
