package cle

import (
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
)

// colonnes are the columns of a vendor's file, by what their heading says once folded.
var colonnes = onde.Colonnes{
	"numero_serie": {"numeroserie", "numerodeserie", "serie", "serial", "serialnumber", "sn"},
	"type":         {"type", "mode"},
	"chiffres":     {"chiffres", "digits", "nombredechiffres", "longueur"},
	"pas":          {"pas", "periode", "step", "timestep", "interval", "period"},
	"secret":       {"secret", "seed", "graine", "cle", "key"},
	"algorithme":   {"algorithme", "algorithm", "hash"},
	"compteur":     {"compteur", "counter"},
}

// Entree is a key to come in stock, with where it stands.
type Entree struct {
	Ligne int
	otp.Cle
	otp.Marche
}

// Lecture is what a vendor's file says.
type Lecture struct {
	Lues    int
	Cles    []Entree
	Erreurs []onde.Erreur
}

// lecteur is a file being read.
type lecteur struct {
	place onde.Place
	out   Lecture
	vues  map[string]int // serial number → line
}

// Lire reads a vendor's file, CSV or XLSX. What it says of a wrong line never shows a secret. The error is a refusal when
// it is no such file at all.
func Lire(contenu []byte) (Lecture, error) {
	f, err := onde.Ouvrir(contenu)
	if refus, ok := errors.AsType[onde.Refus](err); ok {
		return Lecture{}, refusal.Of("fichier", refus.Erreur.Motif+" Enregistrez-le au format CSV ou XLSX, 8\u00a0Mo au plus.")
	}
	if err != nil {
		return Lecture{}, fmt.Errorf("cle: open the file: %w", err)
	}
	l := lecteur{place: colonnes.Placer(f.Titres), vues: map[string]int{}}
	if !l.place.A("numero_serie") || !l.place.A("secret") {
		return Lecture{}, refusal.Of("fichier", "Il manque des colonnes\u00a0: il faut au moins numero_serie et secret.")
	}
	for _, line := range f.Lignes {
		l.out.Lues++
		l.entree(line)
	}
	if l.out.Lues == 0 {
		return Lecture{}, refusal.Of("fichier", "Le fichier n’a qu’une ligne de titres.")
	}
	return l.out, nil
}

// courte is what may be shown of a cell: a secret may stand in any, when columns have been shifted.
var courte = regexp.MustCompile(`^.{0,15}$`)

func (l *lecteur) refuser(line onde.Ligne, name, motif, remede string) {
	valeur := l.place.Texte(line, name)
	if valeur != "" && (name == "secret" || !courte.MatchString(valeur)) {
		valeur = "(masquée)"
	}
	l.out.Erreurs = append(l.out.Erreurs, onde.Erreur{Ligne: line.No, Colonne: name, Valeur: valeur, Motif: motif, Remede: remede})
}

func (l *lecteur) entree(line onde.Ligne) {
	before := len(l.out.Erreurs)
	e := Entree{Ligne: line.No, Cle: otp.Cle{
		Serie: l.serie(line), Type: l.choix(line, "type", otp.TOTP, otp.TOTP, otp.HOTP),
		Algorithme: l.choix(line, "algorithme", otp.SHA1, otp.SHA1, otp.SHA256, otp.SHA512),
		Chiffres:   l.nombre(line, "chiffres", 6, func(n int) bool { return n == 6 || n == 8 }, "Écrivez 6 ou 8."),
		Periode:    l.nombre(line, "pas", 30, func(n int) bool { return 15 <= n && n <= 120 }, "Écrivez un nombre de secondes, de 15 à 120."),
		Secret:     l.secret(line),
	}}
	e.Marche = e.Neuve()
	if e.Type == otp.HOTP {
		next := l.nombre(line, "compteur", 0, func(n int) bool { return n >= 0 }, "Écrivez le prochain compteur, à partir de 0.")
		e.Dernier = int64(next) - 1
	}
	if len(l.out.Erreurs) == before {
		l.out.Cles = append(l.out.Cles, e)
	}
}

// formeSerie keeps out what would be a secret in the wrong column, and the prefix of the keys that we make.
var formeSerie = regexp.MustCompile(`^[A-Z0-9][A-Z0-9./-]{2,23}$`)

func (l *lecteur) serie(line onde.Ligne) string {
	s := strings.ToUpper(l.place.Texte(line, "numero_serie"))
	switch vue := l.vues[s]; {
	case s == "":
		l.refuser(line, "numero_serie", "Le numéro de série manque.", "Recopiez celui qui est gravé sur la clé.")
	case !formeSerie.MatchString(s) || strings.HasPrefix(s, "L-"):
		l.refuser(line, "numero_serie", "Ce numéro de série n’a pas la bonne forme.", "De 3 à 24 lettres, chiffres, points ou tirets.")
	case vue != 0:
		l.refuser(line, "numero_serie", "Ce numéro de série est déjà à la ligne "+strconv.Itoa(vue)+".", "Gardez une seule des deux lignes.")
	default:
		l.vues[s] = line.No
	}
	return s
}

// choix reads one of several words, the first being what an empty cell says.
func (l *lecteur) choix(line onde.Ligne, name, defaut string, mots ...string) string {
	s := strings.NewReplacer("-", "", "HMAC", "").Replace(strings.ToUpper(l.place.Texte(line, name)))
	switch {
	case s == "":
		return defaut
	case !slices.Contains(mots, s):
		l.refuser(line, name, "Cette valeur n’est pas connue.", "Écrivez "+strings.Join(mots[:len(mots)-1], ", ")+" ou "+mots[len(mots)-1]+".")
	}
	return s
}

func (l *lecteur) nombre(line onde.Ligne, name string, defaut int, ok func(int) bool, remede string) int {
	s := l.place.Texte(line, name)
	if s == "" {
		return defaut
	}
	n, err := strconv.Atoi(s)
	if err != nil || !ok(n) {
		l.refuser(line, name, "Cette valeur n’est pas possible.", remede)
	}
	return n
}

// secretMax is the block of SHA-512: a longer secret is hashed first, and gains nothing.
const secretMax = 128

// secret reads the secret of a key. Hexadecimal has digits that base32 has not, base32 letters that hexadecimal has not;
// written with those of both alone, by chance once in 10¹⁴, it may be either.
func (l *lecteur) secret(line onde.Ligne) []byte {
	s := strings.ToUpper(strings.NewReplacer(" ", "", "=", "", "-", "").Replace(l.place.Texte(line, "secret")))
	hexa, errHexa := hex.DecodeString(s)
	b32, errB32 := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(s)
	secret := hexa
	switch {
	case s == "":
		l.refuser(line, "secret", "Le secret manque.", "Redemandez le fichier au fournisseur\u00a0: une clé sans secret ne sert à rien.")
		return nil
	case errHexa == nil && errB32 == nil:
		l.refuser(line, "secret", "Ce secret peut se lire de deux façons.", "Écrivez-le en hexadécimal avec au moins un 0, 1, 8 ou 9, ou écartez cette clé.")
		return nil
	case errHexa != nil && errB32 != nil:
		l.refuser(line, "secret", "Ce secret n’est écrit ni en hexadécimal ni en base32.", "Vérifiez que la case est entière et que le tableur ne l’a pas changée en nombre.")
		return nil
	case errHexa != nil:
		secret = b32
	}
	if len(secret) < otp.SecretLen || len(secret) > secretMax {
		l.refuser(line, "secret", "Ce secret n’a pas la bonne longueur.", "Il faut de 20 à 128 octets, soit au moins 40 caractères hexadécimaux ou 32 en base32.")
	}
	return secret
}
