// Package ouverture opens the accounts of many people at once, from a file of directors, mairies and others: what each
// line says, what is wrong in it, and the act that opens them all or none. The pages of accounts come here.
package ouverture

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
)

// LignesMax is how many people a file may hold: more than a département has schools.
const LignesMax = 1000

// Ligne is one person of a file, with the habilitation that is asked for.
type Ligne struct {
	No int
	compte.Personne
	Role       habilitation.Role
	Territoire string // as the file says it: a code or a name
	Lieu       Lieu   // what it is, once found
	Debut, Fin time.Time
}

// Lecture is what a file says.
type Lecture struct {
	Lues    int
	Lignes  []Ligne
	Erreurs []onde.Erreur
}

// colonnes are the columns of a file, by what their heading says once folded.
var colonnes = onde.Colonnes{
	"civilite":    {"civilite", "civ", "titre"},
	"nom":         {"nom", "nomdusage", "nomusage"},
	"prenom":      {"prenom", "prenomusuel"},
	"identifiant": {"identifiant", "login"},
	"role":        {"role", "fonction", "profil"},
	"territoire":  {"territoire", "uai", "rne", "ecole", "commune", "insee", "codeinsee"},
	"debut":       {"debut", "du", "datededebut"},
	"fin":         {"fin", "au", "datedefin"},
}

// roles are the words that name the role of a line. The service informatique and the IA are not opened by the dozen.
var roles = map[string]habilitation.Role{
	"directeur": habilitation.Directeur, "directrice": habilitation.Directeur, "direction": habilitation.Directeur,
	"direction d ecole": habilitation.Directeur, "mairie": habilitation.Mairie,
	"ien": habilitation.IEN, "inspection": habilitation.IEN, "inspection de circonscription": habilitation.IEN, "circonscription": habilitation.IEN,
	"college": habilitation.College,
}

// lecteur is a file being read.
type lecteur struct {
	feuille onde.Feuille
	today   time.Time
	place   onde.Place
	vues    map[string]int    // what makes two lines the same → the first one's number
	noms    map[string]string // who asks for an identifier
	out     Lecture
}

// Lire reads a file, CSV or XLSX. A line without a first day begins today. The error is a refusal when it is no such file.
func Lire(contenu []byte, today time.Time) (Lecture, error) {
	f, err := onde.Ouvrir(contenu)
	if _, ok := errors.AsType[onde.Refus](err); ok {
		return Lecture{}, refusal.Of("fichier", "Ce fichier ne peut pas être lu. Enregistrez-le au format CSV ou XLSX, 8\u00a0Mo au plus.")
	}
	if err != nil {
		return Lecture{}, fmt.Errorf("ouverture: open the file: %w", err)
	}
	l := lecteur{feuille: f, today: today, place: colonnes.Placer(f.Titres), vues: map[string]int{}, noms: map[string]string{}}
	for _, name := range []string{"nom", "prenom", "role", "territoire"} {
		if !l.place.A(name) {
			return Lecture{}, refusal.Of("fichier", "Il manque des colonnes\u00a0: il faut au moins nom, prenom, role et territoire.")
		}
	}
	switch l.out.Lues = len(f.Lignes); {
	case l.out.Lues == 0:
		return Lecture{}, refusal.Of("fichier", "Le fichier n’a qu’une ligne de titres.")
	case l.out.Lues > LignesMax:
		return Lecture{}, refusal.Of("fichier", "Le fichier dépasse mille lignes\u00a0: partagez-le en plusieurs.")
	}
	for _, line := range f.Lignes {
		l.ligne(line)
	}
	return l.out, nil
}

func (l *lecteur) texte(line onde.Ligne, name string) string {
	return strings.Join(strings.Fields(l.place.Texte(line, name)), " ")
}

func (l *lecteur) refuser(line onde.Ligne, name, motif, remede string) {
	l.out.Erreurs = append(l.out.Erreurs, onde.Erreur{Ligne: line.No, Colonne: name, Valeur: l.texte(line, name), Motif: motif, Remede: remede})
}

func (l *lecteur) ligne(line onde.Ligne) {
	before := len(l.out.Erreurs)
	p := Ligne{No: line.No, Territoire: l.texte(line, "territoire"), Personne: compte.Personne{
		Identifiant: strings.ToLower(l.texte(line, "identifiant")), Civilite: l.civilite(line), Nom: l.texte(line, "nom"), Prenom: l.texte(line, "prenom"),
	}}
	l.personne(line, p.Personne)
	p.Role = l.role(line)
	if p.Territoire == "" {
		l.refuser(line, "territoire", "Le territoire manque.", "Écrivez le code ou le nom de l’école, de la commune, de la circonscription ou du collège.")
	}
	p.Debut = l.jour(line, "debut", l.today)
	p.Fin = l.jour(line, "fin", time.Time{})
	if !p.Fin.IsZero() && p.Fin.Before(p.Debut) {
		l.refuser(line, "fin", "La fin vient avant le début.", "Corrigez l’une des deux dates.")
	}
	l.unique(line, p)
	if len(l.out.Erreurs) == before {
		l.out.Lignes = append(l.out.Lignes, p)
	}
}

// civilite reads a courtesy title, however it is written.
func (l *lecteur) civilite(line onde.Ligne) string {
	switch commune.Plier(l.texte(line, "civilite")) {
	case "":
		return ""
	case "m", "mr", "monsieur":
		return "M."
	case "mme", "madame", "mlle":
		return "Mme"
	}
	l.refuser(line, "civilite", "Cette civilité n’est pas connue.", "Écrivez Mme ou M., ou laissez la case vide.")
	return ""
}

// personne says each fault of a person in its own column.
func (l *lecteur) personne(line onde.Ligne, p compte.Personne) {
	for _, refus := range refusal.All(p.Juger()) {
		remede := map[string]string{
			"nom": "Remplissez la case, cent caractères au plus.", "prenom": "Remplissez la case, cent caractères au plus.",
			"identifiant": "Choisissez-en un autre, ou laissez la case vide\u00a0: il sera proposé d’après le nom.",
		}[refus.Field]
		l.refuser(line, refus.Field, refus.Motif, remede)
	}
}

func (l *lecteur) role(line onde.Ligne) habilitation.Role {
	role, ok := roles[commune.Plier(l.texte(line, "role"))]
	if !ok {
		l.refuser(line, "role", "Ce rôle n’est pas connu.", "Écrivez directeur, mairie, ien ou college. Les autres comptes s’ouvrent un par un.")
	}
	return role
}

func (l *lecteur) jour(line onde.Ligne, name string, sinon time.Time) time.Time {
	s := l.texte(line, name)
	if s == "" {
		return sinon
	}
	t, ok := l.feuille.Date(s)
	if !ok {
		l.refuser(line, name, "Cette date n’est pas comprise.", "Écrivez-la comme 01/09/2027.")
	}
	return t
}

// unique refuses a person who is twice in the file for one territory, and an identifier that two persons ask for. One who
// has two territories has two lines, which name the same identifier.
func (l *lecteur) unique(line onde.Ligne, p Ligne) {
	qui := commune.Plier(p.Nom) + "\x00" + commune.Plier(p.Prenom)
	l.seule(line, "nom", strings.Join([]string{string(p.Role), commune.Plier(p.Territoire), qui}, "\x00"),
		"Cette personne est déjà à la ligne %d.", "Gardez une seule des deux lignes.")
	if p.Identifiant != "" && l.noms[p.Identifiant] != qui {
		l.seule(line, "identifiant", p.Identifiant, "Cet identifiant est déjà à la ligne %d.", "Gardez-le pour une seule personne.")
		l.noms[p.Identifiant] = qui
	}
}

func (l *lecteur) seule(line onde.Ligne, name, key, motif, remede string) {
	if first, twice := l.vues[key]; twice {
		l.refuser(line, name, fmt.Sprintf(motif, first), remede)
		return
	}
	l.vues[key] = line.No
}
