package sixieme

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
)

// colonnes are the columns of a file of assignments, by what their heading says once folded.
var colonnes = map[string][]string{
	"ine":         {"ine", "identifiantnational"},
	"nom":         {"nom", "nomfamille", "nomdefamille", "nomeleve", "nomdeleleve"},
	"prenom":      {"prenom", "prenomeleve", "prenomdeleleve"},
	"naissance":   {"datenaissance", "datedenaissance", "nele", "neele"},
	"uai_college": {"uaicollege", "college", "codecollege", "collegeaffectationuai", "collegeuai", "uai"},
}

// titres are those columns as a message names them.
var titres = map[string]string{
	"ine": "ine", "nom": "nom_famille", "prenom": "prenom", "naissance": "date_naissance", "uai_college": "uai_college",
}

// Demande is a line of the file: a pupil, by his number or else by his identity, and his collège.
type Demande struct {
	Ligne     int
	INE       string
	Nom       string
	Prenom    string
	Naissance time.Time
	College   string
}

// lecture is a file being read.
type lecture struct {
	feuille onde.Feuille
	place   map[string]int
	erreurs []onde.Erreur
}

// Lire reads a file of assignments, CSV or XLSX. The error is a refusal when it is no such file at all.
func Lire(contenu []byte) ([]Demande, []onde.Erreur, error) {
	f, err := onde.Ouvrir(contenu)
	if refus, ok := errors.AsType[onde.Refus](err); ok {
		return nil, nil, refusal.Of("fichier", refus.Erreur.Motif+" "+refus.Erreur.Remede)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("sixieme: open the file: %w", err)
	}
	l := lecture{feuille: f, place: map[string]int{}}
	for i, titre := range f.Titres {
		key := strings.ReplaceAll(commune.Plier(titre), " ", "")
		for name, words := range colonnes {
			if _, taken := l.place[name]; !taken && slices.Contains(words, key) {
				l.place[name] = i
			}
		}
	}
	if !l.a("uai_college") || !l.a("ine") && !(l.a("nom") && l.a("prenom") && l.a("naissance")) {
		return nil, nil, refusal.Of("fichier", "Il manque des colonnes\u00a0: uai_college, et ine ou bien nom_famille, prenom et date_naissance.")
	}
	list := make([]Demande, 0, len(f.Lignes))
	for _, line := range f.Lignes {
		list = append(list, l.demande(line))
	}
	if len(list) == 0 {
		return nil, nil, refusal.Of("fichier", "Le fichier n’a qu’une ligne de titres.")
	}
	return list, l.erreurs, nil
}

func (l *lecture) a(name string) bool { _, ok := l.place[name]; return ok }

func (l *lecture) texte(line onde.Ligne, name string) string {
	if i, ok := l.place[name]; ok && i < len(line.Cellules) {
		return line.Cellules[i]
	}
	return ""
}

func (l *lecture) refuser(line onde.Ligne, name, motif, remede string) {
	l.erreurs = append(l.erreurs, onde.Erreur{Ligne: line.No, Colonne: titres[name], Valeur: l.texte(line, name), Motif: motif, Remede: remede})
}

func (l *lecture) demande(line onde.Ligne) Demande {
	d := Demande{Ligne: line.No, Nom: l.texte(line, "nom"), Prenom: l.texte(line, "prenom")}
	if s := l.texte(line, "ine"); s != "" {
		ine, err := immatriculation.Parse(s)
		if err != nil {
			l.refuser(line, "ine", "Cet INE n’a pas la bonne forme.", "Recopiez ses onze caractères, ou laissez la case vide.")
		}
		d.INE = string(ine)
	} else {
		d.Naissance = l.naissance(line, d)
	}
	uai, err := ecole.ParseUAI(l.texte(line, "uai_college"))
	if err != nil {
		l.refuser(line, "uai_college", "Ce code de collège est faux ou manque.", "Recopiez ses sept chiffres et sa lettre.")
	}
	d.College = string(uai)
	return d
}

// naissance is the date of a pupil whom the file names by his identity.
func (l *lecture) naissance(line onde.Ligne, d Demande) time.Time {
	if d.Nom == "" || d.Prenom == "" {
		l.refuser(line, "nom", "L’élève n’est désigné ni par son INE, ni par son nom et son prénom.", "Complétez l’un ou l’autre.")
		return time.Time{}
	}
	t, ok := l.feuille.Date(l.texte(line, "naissance"))
	if !ok {
		l.refuser(line, "naissance", "Cette date de naissance manque ou ne peut pas être lue.", "Écrivez-la comme 12/04/2016 ou 2016-04-12.")
	}
	return t
}
