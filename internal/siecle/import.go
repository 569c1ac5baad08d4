package siecle

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// logiciel is how this program is called in the file, in ten characters at most.
const logiciel = "BASEELEVES"

// ErrPersonne is a sending in which nobody can be imported: the format wants one pupil at least.
var ErrPersonne = errors.New("siecle: nobody to import")

// The order of the fields below is that of the elements: the format is a sequence.
type importEleves struct {
	XMLName    xml.Name         `xml:"IMPORT_ELEVES"`
	Version    string           `xml:"VERSION,attr"`
	Parametres importParametres `xml:"PARAMETRES"`
	Personnes  []importPersonne `xml:"DONNEES>PERSONNES>PERSONNE"`
	Eleves     []importEleve    `xml:"DONNEES>ELEVES>ELEVE"`
}

type importParametres struct {
	UAJ      string `xml:"UAJ"`
	Annee    int    `xml:"ANNEE_SCOLAIRE"`
	Date     string `xml:"DATE_IMPORT"`
	Numero   int    `xml:"NUM_ENVOI"`
	Logiciel string `xml:"LOGICIEL"`
}

type importPersonne struct {
	Cle        int            `xml:"ID_PRV_PER"`
	Civilite   string         `xml:"CODE_CIVILITE"`
	NomFamille string         `xml:"NOM_DE_FAMILLE"`
	NomUsage   string         `xml:"NOM_USAGE,omitempty"`
	Prenom     string         `xml:"PRENOM"`
	Adresse    *importAdresse `xml:"ADRESSE"`
	Profession string         `xml:"CODE_PROFESSION"`
	Domicile   string         `xml:"TEL_PERSONNEL,omitempty"`
	Travail    string         `xml:"TEL_PROFESSIONNEL,omitempty"`
	Portable   string         `xml:"TEL_PORTABLE,omitempty"`
	Courriel   string         `xml:"EMAIL,omitempty"`
}

type importAdresse struct {
	Ligne1     string `xml:"LIGNE1_ADRESSE,omitempty"`
	Ligne2     string `xml:"LIGNE2_ADRESSE,omitempty"`
	Ligne3     string `xml:"LIGNE3_ADRESSE,omitempty"`
	Ligne4     string `xml:"LIGNE4_ADRESSE,omitempty"`
	CodePostal string `xml:"CODE_POSTAL,omitempty"`
	Commune    string `xml:"LL_POSTAL,omitempty"`
	Etrangere  string `xml:"COMMUNE_ETRANGERE,omitempty"`
	Pays       string `xml:"CODE_PAYS"`
}

type importEleve struct {
	Numero      int              `xml:"ID_PRV_ELE"`
	INE         string           `xml:"ID_NATIONAL,omitempty"`
	BEA         string           `xml:"INE_BEA,omitempty"`
	RNIE        string           `xml:"INE_RNIE,omitempty"`
	NomFamille  string           `xml:"NOM_DE_FAMILLE"`
	NomUsage    string           `xml:"NOM_USAGE,omitempty"`
	Prenom      string           `xml:"PRENOM"`
	Prenom2     string           `xml:"PRENOM2,omitempty"`
	Prenom3     string           `xml:"PRENOM3,omitempty"`
	Nationalite string           `xml:"CODE_PAYS_NAT"`
	Naissance   string           `xml:"DATE_NAISS"`
	Sexe        string           `xml:"CODE_SEXE"`
	Pays        string           `xml:"CODE_PAYS"`
	Commune     string           `xml:"CODE_COMMUNE_INSEE_NAISS,omitempty"`
	Ville       string           `xml:"VILLE_NAISS,omitempty"`
	Entree      string           `xml:"DATE_ENTREE"`
	Adresse     *importAdresse   `xml:"ADRESSE"`
	Transport   bool             `xml:"ADHESION_TRANSPORT"`
	Regime      string           `xml:"CODE_REGIME"`
	Doublement  bool             `xml:"DOUBLEMENT"`
	Legaux      []importLegal    `xml:"RESPONSABLES_ELEVE>LEGAL"`
	Contacts    []importContact  `xml:"RESPONSABLES_ELEVE>CONTACT"`
	Scolarite   importScolarite  `xml:"SCOLARITE_ACTIVE"`
	AnDernier   importAnneeAvant `xml:"ETABLISSEMENT_AN_DERNIER"`
}

type importLegal struct {
	Personne int    `xml:"ID_PRV_PER"`
	Parente  string `xml:"CODE_PARENTE"`
	Heberge  bool   `xml:"HEBERGE_ELEVE"`
	Priorite bool   `xml:"A_CONTACTER_EN_PRIORITE"`
}

type importContact struct {
	Personne int    `xml:"ID_PRV_PER"`
	Parente  string `xml:"CODE_PARENTE"`
}

type importScolarite struct {
	MEF     string   `xml:"CODE_MEF"`
	Statut  string   `xml:"CODE_STATUT"`
	Debut   string   `xml:"DATE_DEB_SCO"`
	Options struct{} `xml:"OPTIONS"`
}

type importAnneeAvant struct {
	Ecole      string   `xml:"CODE_RNE"`
	Provenance string   `xml:"CODE_PROVENANCE"`
	MEF        string   `xml:"CODE_MEF,omitempty"`
	Division   string   `xml:"CODE_DIVISION,omitempty"`
	Options    struct{} `xml:"OPTIONS_AN_DERNIER"`
}

// ImportEleves is the file of IMPORT_ELEVES 3.1, in UTF-8. Pupils without a responsable légal are left out: SIECLE would
// refuse them.
func (e Envoi) ImportEleves() ([]byte, error) {
	eleves := e.Importables()
	if len(eleves) == 0 {
		return nil, ErrPersonne
	}
	gens, cles := personnes(eleves)
	doc := importEleves{Version: "3.1", Parametres: importParametres{
		UAJ: e.College, Annee: e.Annee, Date: jourMois(e.Le), Numero: e.Numero, Logiciel: logiciel,
	}}
	for _, p := range gens {
		doc.Personnes = append(doc.Personnes, p.importer())
	}
	for _, p := range eleves {
		doc.Eleves = append(doc.Eleves, p.importer(e, cles))
	}
	b, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		return nil, fmt.Errorf("siecle: write IMPORT_ELEVES: %w", err)
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}

// NomImport is the name that SIECLE asks for, without its ending: the collège, the year, the instant of the sending.
func (e Envoi) NomImport() string {
	return e.College + "PRIVE" + strconv.Itoa(e.Annee) + e.Le.Format("060102150405")
}

// ImportZip is that file in the archive that SIECLE reads.
func (e Envoi) ImportZip() ([]byte, error) {
	doc, err := e.ImportEleves()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.CreateHeader(&zip.FileHeader{Name: e.NomImport() + ".xml", Method: zip.Deflate, Modified: e.Le})
	if err == nil {
		_, err = f.Write(doc)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		return nil, fmt.Errorf("siecle: pack IMPORT_ELEVES: %w", err)
	}
	return b.Bytes(), nil
}

func (p personne) importer() importPersonne {
	famille, usage, prenom := p.noms()
	return importPersonne{
		Cle: p.cle, Civilite: p.civilite(), NomFamille: texte(famille, 100), NomUsage: texte(usage, 100), Prenom: texte(prenom, 100),
		Adresse: p.Adresse.importer(), Profession: sansPCS, Domicile: telephone(p.TelDomicile), Travail: telephone(p.TelTravail),
		Portable: telephone(p.TelPortable), Courriel: texte(p.Courriel, 254),
	}
}

func (a Adresse) importer() *importAdresse {
	if a.Vide() {
		return nil
	}
	l := a.lignes()
	out := &importAdresse{Ligne1: l[0], Ligne2: l[1], Ligne3: l[2], Ligne4: l[3], Pays: a.pays()}
	if a.francaise() {
		out.CodePostal, out.Commune = a.CodePostal, texte(a.Commune, 32)
	} else {
		out.Etrangere = a.etrangere()
	}
	return out
}

func (e Eleve) importer(envoi Envoi, cles map[string]int) importEleve {
	ine, bea, rnie := e.ines()
	out := importEleve{
		Numero: e.Numero, INE: ine, BEA: bea, RNIE: rnie, NomFamille: texte(e.NomFamille, 100), NomUsage: texte(e.NomUsage, 100),
		Prenom: texte(e.Prenom, 100), Prenom2: texte(e.Prenom2, 100), Prenom3: texte(e.Prenom3, 100), Nationalite: france,
		Naissance: e.Naissance.Format(time.DateOnly), Sexe: sexe(e.Sexe), Pays: e.paysNaissance(), Commune: e.CommuneNaissance,
		Ville: e.villeNaissance(), Entree: envoi.Rentree.Format(time.DateOnly), Adresse: e.Adresse.importer(), Regime: regime,
		Scolarite: importScolarite{MEF: e.mef(), Statut: statut, Debut: envoi.Rentree.Format(time.DateOnly)},
		AnDernier: importAnneeAvant{Ecole: e.Ecole, Provenance: provenance, MEF: mefEcole[e.Niveau], Division: e.classe()},
	}
	for i, r := range e.Legaux() {
		out.Legaux = append(out.Legaux, importLegal{cles[r.Cle], parente(r.Lien), r.Heberge, i == 0})
	}
	for _, r := range e.contacts() {
		out.Contacts = append(out.Contacts, importContact{cles[r.Cle], parente(r.Lien)})
	}
	return out
}

// jourMois is a date as these files write it outside the pupils of IMPORT_ELEVES.
func jourMois(t time.Time) string { return t.Format("02/01/2006") }
