package ent

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"base-eleves/internal/domain/ecole"
)

// categorieAAF is what the norm asks of the entries of a category (formats.md §5.1): the names that readers know, another
// makes them fail; those that must be there; the form of some values. ENTEleveINE is not among the names: no file of ours
// carries the INE.
type categorieAAF struct {
	permis []string
	exiges []string
	formes map[string]func(string) bool
}

var normeAAF = map[string]categorieAAF{
	etabEducNat: {
		permis: strings.Fields(`ENTStructureJointure ENTStructureUAI ENTStructureSIREN ENTStructureNomCourant ENTStructureTypeStruct
			ENTStructureCodeTypeStruct ENTEcoleMinistereTutelle ENTEcoleCodeMinistereTutelle ENTEtablissementContrat ENTStructureBoitePostale
			ENTStructureAdresse ENTStructureCodePostal ENTStructureVille ENTStructureTelephone ENTStructureFax ENTServAcAcademie
			ENTServAcCodeAcademie ENTEcoleSecteur ENTEcoleCirconscription ENTEcoleCommune ENTEcoleRPI ENTStructureEmail ENTStructureMailSI`),
		exiges: strings.Fields(`ENTStructureJointure ENTStructureUAI ENTStructureNomCourant ENTStructureTypeStruct ENTEtablissementContrat ENTServAcAcademie`),
		formes: map[string]func(string) bool{"ENTStructureUAI": estUAI, "ENTEtablissementContrat": parmi("PU", "PR")},
	},
	eleveAAF: {
		permis: strings.Fields(`ENTPersonJointure ENTPersonDateNaissance ENTPersonNom ENTPersonPrenom ENTPersonAutresPrenoms ENTPersonNomPatro
			ENTPersonCivilite ENTPersonMail ENTEleveAutoriteParentale ENTPersonStructRattach ENTPersonClasses ENTPersonGroupes ENTEleveNiveau
			ENTEleveCycle ENTEleveTypeClasse ENTEleveDateEntreeClasses ENTEleveDateSortieClasses ENTEleveDateEntreeStructRattach
			ENTEleveDateSortieStructRattach ENTEleveRestaurantScolaire ENTEleveTransport ENTEleveGarderieMatin ENTEleveGarderieSoir
			ENTEleveEtudesSurveillees`),
		exiges: strings.Fields(`ENTPersonJointure ENTPersonDateNaissance ENTPersonNom ENTPersonPrenom ENTPersonCivilite ENTPersonStructRattach`),
		formes: map[string]func(string) bool{
			"ENTPersonDateNaissance": estJour, "ENTEleveDateEntreeStructRattach": estJour, "ENTPersonCivilite": parmi("M.", "Mme"),
			"ENTEleveNiveau": estNiveau, "ENTEleveCycle": parmi("MATERNELLE", "CYCLE II", "CYCLE III"),
		},
	},
	persRelEleve: {
		permis: strings.Fields(`ENTPersonJointure ENTPersonDateNaissance ENTPersonNom ENTPersonPrenom ENTPersonNomPatro ENTPersonAutresPrenoms
			ENTPersonCivilite ENTPersonTelPerso ENTPersRelEleveTelPro ENTPersRelEleveTelMobile ENTPersonAdresse ENTPersonCodePostal ENTPersonVille
			ENTPersonPays ENTPersonAdresseDiffusion ENTPersonMail ENTPersRelEleveEleve`),
		exiges: strings.Fields(`ENTPersonJointure ENTPersonNom ENTPersonPrenom ENTPersRelEleveEleve`),
		formes: map[string]func(string) bool{"ENTPersonCivilite": parmi("M.", "Mme")},
	},
	persEducNat: {
		permis: strings.Fields(`ENTPersonJointure ENTPersonDateNaissance ENTPersonNom ENTPersonPrenom ENTPersonAutresPrenoms ENTPersonNomPatro
			ENTPersonCivilite ENTPersonMail ENTPersonStructRattach ENTPersonFonctions ENTEnsFonctionDir ENTEnsSpecialites
			ENTPersonCategorieEnseignant ENTPersonStructRattachDate ENTPersonFonctionsDate ENTEnsFonctionDirDate ENTPersonCategorieEnseignantDate`),
		exiges: strings.Fields(`ENTPersonJointure ENTPersonNom ENTPersonPrenom ENTPersonStructRattach`),
	},
}

func estUAI(s string) bool {
	_, err := ecole.ParseUAI(s)
	return err == nil
}

func estJour(s string) bool   { return estDate(dateAAF, s) }
func estNiveau(s string) bool { return ecole.Niveau(s).Connu() }

var nomAAF = regexp.MustCompile(`^(ENT_[A-Z0-9]+_Complet_[0-9]{8})_(EtabEducNat|Eleve|PersRelEleve|PersEducNat)_[0-9]{4}\.xml$`)

// lecteurAAF reads a file again: the keys that it has seen, and the references that it must still find.
type lecteurAAF struct {
	fautes
	fichier string
	vus     map[string]map[string]bool // category → keys
	renvois []renvoi
	liens   map[string]int // « pupil person »: 1 said by the pupil, 2 by the person, 3 by both
}

// renvoi is a reference from an entry to another.
type renvoi struct{ fichier, fiche, champ, vers, cible string }

func verifierAAF(z *zip.Reader, want Comptes) ([]Faute, error) {
	l := &lecteurAAF{vus: map[string]map[string]bool{}, liens: map[string]int{}}
	prefix, hasDTD := "", false
	for _, f := range z.File {
		if f.Name == nomDTD {
			hasDTD = true
			continue
		}
		m := nomAAF.FindStringSubmatch(f.Name)
		if m == nil || prefix != "" && m[1] != prefix {
			l.add(f.Name, "", "nom du fichier", f.Name, "Refaites le fichier\u00a0: ce nom n’est pas celui de la norme.")
			continue
		}
		prefix = m[1]
		if err := l.lire(f, m[2]); err != nil {
			return nil, err
		}
	}
	for _, c := range categories {
		if l.vus[c] == nil {
			l.add(c, "", "fichier", "", "Refaites le fichier\u00a0: il manque une catégorie.")
		}
	}
	if !hasDTD {
		l.add(nomDTD, "", "fichier", "", "Refaites le fichier\u00a0: la DTD n’y est pas.")
	}
	l.resoudre()
	l.compter(etabEducNat, want.Ecoles)
	l.compter(eleveAAF, want.Eleves)
	l.compter(persRelEleve, want.Parents)
	return l.list, nil
}

func (l *lecteurAAF) compter(categorie string, want int) {
	if n := len(l.vus[categorie]); n != want {
		l.add(categorie, "", "nombre", strconv.Itoa(n), "Refaites le fichier\u00a0: la base en compte "+strconv.Itoa(want)+".")
	}
}

func (l *lecteurAAF) lire(f *zip.File, categorie string) error {
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("ent: open %s: %w", f.Name, err)
	}
	defer func() { _ = r.Close() }()
	l.fichier, l.vus[categorie] = f.Name, map[string]bool{}
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			l.add(f.Name, "", "XML", err.Error(), "Refaites le fichier\u00a0: il n’est pas lisible.")
			return nil
		}
		start, is := token.(xml.StartElement)
		if !is || start.Name.Local == "ficAlimMENESR" {
			continue
		}
		var a addRequest
		if err := d.DecodeElement(&a, &start); err != nil || start.Name.Local != "addRequest" {
			l.add(f.Name, "", start.Name.Local, "", "Refaites le fichier\u00a0: cet élément n’est pas celui de la norme.")
			return nil
		}
		l.entree(categorie, a)
	}
}

// entree checks an entry alone, and notes what it refers to.
func (l *lecteurAAF) entree(categorie string, a addRequest) {
	norme := normeAAF[categorie]
	if len(a.Operations) != 1 || !slices.Equal(a.Operations[0].Valeurs, []string{categorie}) {
		l.add(l.fichier, a.ID, "categorie", "", "Refaites le fichier\u00a0: la fiche n’est pas de cette catégorie.")
	}
	if a.ID == "" || l.vus[categorie][a.ID] {
		l.add(l.fichier, a.ID, "identifier", a.ID, "Refaites le fichier\u00a0: chaque fiche a un identifiant, et un seul.")
	}
	l.vus[categorie][a.ID] = true
	values := map[string][]string{}
	for _, x := range a.Attributs {
		l.attribut(norme, a.ID, x)
		values[x.Nom] = append(values[x.Nom], x.Valeurs...)
	}
	for _, name := range norme.exiges {
		if len(values[name]) == 0 || values[name][0] == "" {
			l.add(l.fichier, a.ID, name, "", "Complétez le dossier dans la base\u00a0: cette donnée est obligatoire.")
		}
	}
	if key := slices.Concat(values["ENTPersonJointure"], values["ENTStructureJointure"]); !slices.Equal(key, []string{a.ID}) {
		l.add(l.fichier, a.ID, "Jointure", strings.Join(key, " "), "Refaites le fichier\u00a0: la jointure est l’identifiant de la fiche.")
	}
	l.noter(categorie, a.ID, values)
}

func (l *lecteurAAF) attribut(norme categorieAAF, id string, x attrAAF) {
	if !slices.Contains(norme.permis, x.Nom) {
		l.add(l.fichier, id, x.Nom, "", "Refaites le fichier\u00a0: cet attribut n’est pas de la catégorie.")
	}
	form := norme.formes[x.Nom]
	for _, v := range x.Valeurs {
		if form != nil && !form(v) {
			l.add(l.fichier, id, x.Nom, v, "Corrigez cette valeur dans la base.")
		}
	}
}

func (l *lecteurAAF) noter(categorie, id string, values map[string][]string) {
	for _, v := range values["ENTPersonStructRattach"] {
		l.renvois = append(l.renvois, renvoi{l.fichier, id, "ENTPersonStructRattach", etabEducNat, v})
	}
	for _, v := range slices.Concat(values["ENTPersonClasses"], values["ENTPersonGroupes"]) {
		parts := strings.Split(v, "$")
		if len(parts) != 5 || parts[3] == "" || parts[4] == "" || !slices.Contains(values["ENTPersonStructRattach"], parts[0]) {
			l.add(l.fichier, id, "ENTPersonClasses", v, "Corrigez le nom de la classe\u00a0: cinq parties, la première celle de l’école.")
		}
	}
	for _, v := range values["ENTEleveAutoriteParentale"] {
		l.renvois = append(l.renvois, renvoi{l.fichier, id, "ENTEleveAutoriteParentale", persRelEleve, v})
		l.liens[id+" "+v] |= 1
	}
	for _, v := range values["ENTPersRelEleveEleve"] {
		l.renvois = append(l.renvois, renvoi{l.fichier, id, "ENTPersRelEleveEleve", eleveAAF, v})
		l.liens[v+" "+id] |= 2
	}
}

// resoudre finds what each reference leads to, and that a pupil and a person name each other.
func (l *lecteurAAF) resoudre() {
	for _, r := range l.renvois {
		if !l.vus[r.vers][r.cible] {
			l.add(r.fichier, r.fiche, r.champ, r.cible, "Refaites le fichier\u00a0: il renvoie à une fiche de "+r.vers+" qui n’y est pas.")
		}
	}
	for _, pair := range slices.Sorted(maps.Keys(l.liens)) {
		if l.liens[pair] != 3 {
			pupil, person, _ := strings.Cut(pair, " ")
			l.add(persRelEleve, person, "ENTPersRelEleveEleve", pupil, "Refaites le fichier\u00a0: l’élève et le responsable ne se nomment pas l’un l’autre.")
		}
	}
}
