package compte

import (
	"context"
	"crypto/rand"
	"regexp"
	"strings"
	"time"
)

// ActivationDuree is how long the secret of an activation letter serves: a letter takes days (security.md AUT-3).
const ActivationDuree = 7 * 24 * time.Hour

// An activation secret is 100 bits of base32, four groups of five: long enough not to be guessed, short enough to be
// copied from paper. Capitals, spaces and dashes do not count.
const (
	activationLen    = 20
	activationGroupe = 5
)

var activationShape = regexp.MustCompile(`^[A-Z2-7]{20}$`)

// NouvelleActivation draws a secret, as the letter shows it.
func NouvelleActivation() string {
	return grouper(rand.Text()[:activationLen], activationGroupe)
}

// nuDActivation is a secret without what does not count; any other password as it is.
func nuDActivation(motDePasse string) string {
	s := strings.ToUpper(strings.NewReplacer("-", "", " ", "", "\u00a0", "").Replace(motDePasse))
	if !activationShape.MatchString(s) {
		return motDePasse
	}
	return s
}

// EmpreinteActivation is what an account keeps of a secret of activation.
func (g *Gate) EmpreinteActivation(ctx context.Context, secret string) (string, error) {
	return g.hacheur.hacher(ctx, nuDActivation(secret))
}
