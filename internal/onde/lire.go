package onde

import (
	"regexp"
	"strings"
	"time"
)

// lecteur reads the lines of a sheet by what their columns hold, and notes what is wrong.
type lecteur struct {
	feuille  Feuille
	colonnes map[Champ][]int
	parLigne []groupe // the responsables that a pupil's line gives
	ligne    Ligne
	erreurs  []Erreur
}

func newLecteur(f Feuille, c Correspondance) *lecteur {
	l := &lecteur{feuille: f, colonnes: map[Champ][]int{}}
	for i, champ := range c {
		if champ != "" {
			l.colonnes[champ] = append(l.colonnes[champ], i)
		}
	}
	for _, g := range parLigne {
		if c.nomme(g) {
			l.parLigne = append(l.parLigne, g)
		}
	}
	return l
}

// texte is the cell of the nth column that holds this, "" when there is none.
func (l *lecteur) texte(champ Champ, n int) string {
	if at := l.colonnes[champ]; n < len(at) {
		return l.ligne.Cellules[at[n]]
	}
	return ""
}

// titre is the heading of the column that holds this.
func (l *lecteur) titre(champ Champ) string {
	if at := l.colonnes[champ]; len(at) > 0 {
		return l.feuille.Titres[at[0]]
	}
	return ""
}

func (l *lecteur) refuser(champ Champ, motif, remede string) {
	l.noter(champ, motif, remede, false)
}

func (l *lecteur) avertir(champ Champ, motif, remede string) {
	l.noter(champ, motif, remede, true)
}

func (l *lecteur) noter(champ Champ, motif, remede string, avertit bool) {
	l.erreurs = append(l.erreurs, Erreur{
		Ligne: l.ligne.No, Colonne: l.titre(champ), Valeur: l.texte(champ, 0), Motif: motif, Remede: remede, Avertit: avertit,
	})
}

// entiere refuses a line of more cells than there are headings: its values have slipped.
func (l *lecteur) entiere() {
	if len(l.ligne.Cellules) > len(l.feuille.Titres) {
		l.erreurs = append(l.erreurs, Erreur{
			Ligne: l.ligne.No, Valeur: l.ligne.Cellules[len(l.feuille.Titres)],
			Motif:  "La ligne a plus de cellules qu’il n’y a de titres\u00a0: ses valeurs sont décalées.",
			Remede: "Cherchez un séparateur de trop dans cette ligne, ou refaites l’extraction.",
		})
	}
}

// parmi reads one of a few words; another one is said and left out.
func (l *lecteur) parmi(champ Champ, words map[string]string, remede string) string {
	s := l.texte(champ, 0)
	word, known := words[cle(s)]
	if !known && s != "" {
		l.avertir(champ, "Cette valeur n’est pas reconnue\u00a0: elle est laissée de côté.", remede)
	}
	return word
}

func (l *lecteur) ouiNon(champ Champ) string {
	return l.parmi(champ, ouiNon, "Écrivez Oui ou Non.")
}

// LireEleves reads the lines of a file of pupils. Every line is given back; those that an error refuses too.
func LireEleves(f Feuille, c Correspondance) ([]Eleve, []Erreur) {
	l := newLecteur(f, c)
	list := make([]Eleve, 0, len(f.Lignes))
	for _, l.ligne = range f.Lignes {
		l.entiere()
		list = append(list, l.eleve())
	}
	return list, l.erreurs
}

func (l *lecteur) eleve() Eleve {
	e := Eleve{
		Ligne: l.ligne.No, NomFamille: l.texte("nom_famille", 0), NomUsage: l.texte("nom_usage", 0),
		Prenom: l.texte("prenom", 0), Prenom2: l.texte("prenom2", 0), Prenom3: l.texte("prenom3", 0),
		Naissance: l.naissance(), Sexe: l.sexe(), INE: strings.ToUpper(strings.ReplaceAll(l.texte("ine", 0), " ", "")),
		CommuneNaissance: l.texte("commune_naissance", 0), InseeNaissance: l.texte("insee_naissance", 0),
		DeptNaissance: l.texte("dept_naissance", 0), PaysNaissance: l.texte("pays_naissance", 0),
		Adresse: l.adresse(), Adresse2: l.adresse2(),
		Cycle: l.texte("cycle", 0), Niveau: l.niveau(), Classe: l.texte("classe", 0), ClasseID: l.texte("classe_id", 0),
		Attestation: l.ouiNon("attestation"), Associations: l.ouiNon("associations"), Photo: l.ouiNon("photo"),
		Passage: l.texte("passage", 0),
	}
	if e.NomFamille == "" {
		l.refuser("nom_famille", "Le nom de famille manque.", "Complétez le nom dans le fichier.")
	}
	if e.Prenom == "" {
		l.refuser("prenom", "Le prénom manque.", "Complétez le prénom dans le fichier.")
	}
	for _, g := range l.parLigne {
		if r, ok := l.parent(g); ok {
			e.Responsables = append(e.Responsables, r)
		}
	}
	return e
}

func (l *lecteur) naissance() time.Time {
	s := l.texte("date_naissance", 0)
	if s == "" {
		l.refuser("date_naissance", "La date de naissance manque.", "Complétez la date dans le fichier, par exemple 12/04/2018.")
		return time.Time{}
	}
	t, ok := l.feuille.Date(s)
	if !ok {
		l.refuser("date_naissance", "Cette date de naissance ne peut pas être lue.", "Écrivez-la comme 12/04/2018 ou 2018-04-12.")
	}
	return t
}

func (l *lecteur) sexe() string {
	s := l.texte("sexe", 0)
	word, known := sexes[cle(s)]
	if !known {
		l.refuser("sexe", "Le sexe manque ou n’est pas reconnu.", "Écrivez F ou M.")
	}
	return word
}

// niveau reads a level; a pupil of ULIS may have none.
func (l *lecteur) niveau() string {
	s := l.texte("niveau", 0)
	if s == "" || sansNiveau[cle(s)] {
		return ""
	}
	return l.parmi("niveau", niveaux, "Écrivez TPS, PS, MS, GS, CP, CE1, CE2, CM1 ou CM2.")
}

func (l *lecteur) adresse() Adresse {
	return separer(Adresse{
		Voie:       strings.TrimSpace(l.texte("complement", 0) + " " + l.texte("adresse", 0)),
		CodePostal: l.texte("code_postal", 0), Commune: l.texte("commune", 0), Insee: l.texte("insee", 0), Pays: l.texte("pays", 0),
	})
}

func (l *lecteur) adresse2() Adresse {
	return separer(Adresse{
		Voie: l.texte("adresse2", 0), CodePostal: l.texte("code_postal2", 0), Commune: l.texte("commune2", 0), Pays: l.texte("pays2", 0),
	})
}

// postalEtCommune is a postal code and a commune in one cell, as spreadsheets have them.
var postalEtCommune = regexp.MustCompile(`^(\d{4,5})\s+(\D.*)$`)

// separer tells the postal code from the commune, and gives it back its zero.
func separer(a Adresse) Adresse {
	if m := postalEtCommune.FindStringSubmatch(a.Commune); m != nil && a.CodePostal == "" {
		a.CodePostal, a.Commune = m[1], m[2]
	}
	a.CodePostal = codePostal(a.CodePostal)
	return a
}
