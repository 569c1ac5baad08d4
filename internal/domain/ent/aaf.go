package ent

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
)

// The categories of the norm, in the order in which a reader needs them.
const (
	etabEducNat  = "EtabEducNat"
	eleveAAF     = "Eleve"
	persRelEleve = "PersRelEleve"
	persEducNat  = "PersEducNat"
)

var categories = []string{etabEducNat, eleveAAF, persRelEleve, persEducNat}

// dtd goes with the files: readers open it in the same folder.
const (
	nomDTD = "ficAlimMENESR.dtd"
	dtd    = `<!ELEMENT ficAlimMENESR (addRequest|modifyRequest|deleteRequest)*>
<!ELEMENT addRequest (operationalAttributes,identifier,attributes)>
<!ELEMENT modifyRequest (operationalAttributes,identifier,attributes)>
<!ELEMENT deleteRequest (operationalAttributes,identifier)>
<!ELEMENT operationalAttributes (attr+)>
<!ELEMENT identifier (id)>
<!ELEMENT id (#PCDATA)>
<!ELEMENT attributes (attr*)>
<!ELEMENT attr (value*)>
<!ATTLIST attr name CDATA #REQUIRED>
<!ELEMENT value (#PCDATA)>
`
	entete = xml.Header + "<!DOCTYPE ficAlimMENESR SYSTEM \"" + nomDTD + "\">\n<ficAlimMENESR>\n"
	pied   = "</ficAlimMENESR>\n"
)

// addRequest is an entry of the annuaire.
type addRequest struct {
	XMLName    xml.Name  `xml:"addRequest"`
	Operations []attrAAF `xml:"operationalAttributes>attr"`
	ID         string    `xml:"identifier>id"`
	Attributs  []attrAAF `xml:"attributes>attr"`
}

type attrAAF struct {
	Nom     string   `xml:"name,attr"`
	Valeurs []string `xml:"value"`
}

// entree is an entry with its first attributes: what it is, and its key.
func entree(categorie, id string) *addRequest {
	genre, cle := "categoriePersonne", "ENTPersonJointure"
	if categorie == etabEducNat {
		genre, cle = "categorieStructure", "ENTStructureJointure"
	}
	return (&addRequest{Operations: []attrAAF{{genre, []string{categorie}}}, ID: id}).avec(cle, id)
}

// avec adds an attribute; one without value is left out.
func (a *addRequest) avec(nom string, valeurs ...string) *addRequest {
	var said []string
	for _, v := range valeurs {
		if v != "" {
			said = append(said, v)
		}
	}
	if len(said) > 0 {
		a.Attributs = append(a.Attributs, attrAAF{nom, said})
	}
	return a
}

// aaf writes the four files of the norm and their DTD. Each school is read once: its pupils and their parents wait aside
// until the file before theirs is whole. There is no entry of PersEducNat: the base knows teachers by a name on a class,
// not as persons; the ministry's own annuaire feeds them.
func (l *livre) aaf() error {
	waiting := map[string]*attente{}
	for _, c := range []string{eleveAAF, persRelEleve} {
		a, err := attendre()
		if err != nil {
			return err
		}
		defer a.Fermer()
		waiting[c] = a
	}
	prefix := l.d.Nom(l.ecoles, l.agent.Aujourdhui())
	for _, c := range categories {
		w, err := l.zip.Create(prefix + "_" + c + "_0000.xml")
		if err != nil {
			return err
		}
		if err := l.categorie(w, c, waiting); err != nil {
			return err
		}
	}
	w, err := l.zip.Create(nomDTD)
	if err == nil {
		_, err = io.WriteString(w, dtd)
	}
	return err
}

func (l *livre) categorie(w io.Writer, c string, waiting map[string]*attente) error {
	if _, err := io.WriteString(w, entete); err != nil {
		return err
	}
	if c == etabEducNat {
		if err := l.lireAAF(w, waiting); err != nil {
			return err
		}
	}
	if a := waiting[c]; a != nil {
		if err := a.verser(w); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, pied)
	return err
}

// lireAAF reads the schools one by one, writes each, and puts aside those who are in it.
func (l *livre) lireAAF(w io.Writer, waiting map[string]*attente) error {
	out := xml.NewEncoder(w)
	err := l.parcourir(func(e etablissement) error {
		if err := l.ecoleAAF(out, e); err != nil {
			return err
		}
		if err := l.elevesAAF(waiting[eleveAAF].xml, e); err != nil {
			return err
		}
		return l.parentsAAF(waiting[persRelEleve].xml, e)
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// contrat says whether a school is public, as the norm does.
func contrat(secteur string) string {
	if ecole.Secteur(secteur).Prive() {
		return "PR"
	}
	return "PU"
}

func (l *livre) ecoleAAF(out *xml.Encoder, e etablissement) error {
	l.faits.Ecoles++
	l.faits.Classes += len(e.classes)
	a := entree(etabEducNat, e.Uai).avec("ENTStructureUAI", e.Uai).avec("ENTStructureNomCourant", e.Nom+"-"+e.Commune).
		avec("ENTStructureTypeStruct", typeAAF(e.Type)).avec("ENTEtablissementContrat", contrat(e.Secteur)).
		avec("ENTStructureAdresse", e.Adresse).avec("ENTStructureCodePostal", e.CodePostal).avec("ENTStructureVille", e.Commune).
		avec("ENTStructureTelephone", e.Telephone).avec("ENTServAcAcademie", strings.ToUpper(e.Academie)).
		avec("ENTServAcCodeAcademie", e.CodeAcademie).avec("ENTEcoleCirconscription", e.Circonscription).avec("ENTEcoleCommune", e.Commune)
	return ecrireAAF(out, a)
}

// typeAAF is the kind of school as the national directory writes it (formats.md §4.3).
func typeAAF(t string) string {
	if ecole.Type(t) == ecole.Maternelle {
		return "ECOLE MATERNELLE"
	}
	return "ECOLE DE NIVEAU ELEMENTAIRE"
}

func (l *livre) elevesAAF(out *xml.Encoder, e etablissement) error {
	parents := map[uuid.UUID][]string{}
	for _, p := range e.liens {
		parents[p.EleveID] = append(parents[p.EleveID], l.opaque(e.Uai, "responsable", p.ID))
	}
	for _, x := range e.eleves {
		l.faits.Eleves++
		if err := ecrireAAF(out, l.eleveAAF(e, x, parents[x.ID])); err != nil {
			return err
		}
	}
	return nil
}

func (l *livre) eleveAAF(e etablissement, x eleve, parents []string) *addRequest {
	civilite := map[string]string{"F": "Mme", "M": "M."}[x.Sexe]
	a := entree(eleveAAF, l.opaque(e.Uai, "eleve", x.ID)).avec("ENTPersonDateNaissance", x.DateNaissance.Format(dateAAF)).
		avec("ENTPersonNom", strings.ToUpper(courant(x.NomUsage, x.NomFamille))).avec("ENTPersonNomPatro", strings.ToUpper(x.NomFamille)).
		avec("ENTPersonPrenom", x.Prenom).avec("ENTPersonAutresPrenoms", x.AutresPrenoms).avec("ENTPersonCivilite", civilite).
		avec("ENTEleveAutoriteParentale", parents...).avec("ENTPersonStructRattach", e.Uai).avec("ENTPersonClasses", l.classeAAF(e, x)).
		avec("ENTEleveNiveau", x.Niveau).avec("ENTEleveCycle", ecole.Niveau(x.Niveau).CycleONDE())
	if x.DateAdmission != nil {
		a.avec("ENTEleveDateEntreeStructRattach", x.DateAdmission.Format(dateAAF))
	}
	return a
}

// classeAAF is a class in five parts: the school, two that readers skip, the class, its name.
func (l *livre) classeAAF(e etablissement, x eleve) string {
	if x.ClasseID == nil {
		return ""
	}
	return e.Uai + "$$$" + l.opaque(e.Uai, "classe", *x.ClasseID) + "$" + strings.ReplaceAll(x.Classe, "$", " ")
}

func courant(usage, famille string) string {
	if usage != "" {
		return usage
	}
	return famille
}

// parentsAAF writes each person once, with all his children of the school. His telephone and his mail go with him only
// where a directeur gives his own school's: an inspection reads them one by one, for a reason (security.md §5, G5).
func (l *livre) parentsAAF(out *xml.Encoder, e etablissement) error {
	children := map[uuid.UUID][]string{}
	for _, p := range e.liens {
		children[p.ID] = append(children[p.ID], l.opaque(e.Uai, "eleve", p.EleveID))
	}
	for _, p := range e.liens {
		of, left := children[p.ID]
		if !left {
			continue
		}
		delete(children, p.ID)
		l.faits.Parents++
		a := entree(persRelEleve, l.opaque(e.Uai, "responsable", p.ID)).avec("ENTPersonNom", strings.ToUpper(courant(p.NomUsage, p.NomFamille))).
			avec("ENTPersonNomPatro", strings.ToUpper(p.NomFamille)).avec("ENTPersonPrenom", p.Prenom).avec("ENTPersonCivilite", p.Civilite)
		if l.agent.Role == habilitation.Directeur {
			a.avec("ENTPersRelEleveTelMobile", strings.ReplaceAll(p.TelPortable, " ", "")).avec("ENTPersonMail", p.Courriel)
		}
		if err := ecrireAAF(out, a.avec("ENTPersRelEleveEleve", of...)); err != nil {
			return err
		}
	}
	return nil
}

func ecrireAAF(out *xml.Encoder, a *addRequest) error {
	if err := out.Encode(a); err != nil {
		return err
	}
	return out.EncodeToken(xml.CharData("\n"))
}
