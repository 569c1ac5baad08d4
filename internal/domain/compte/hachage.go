package compte

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"base-eleves/internal/domain/refusal"
)

// parametres are fixed: the library's defaults change with the machine. OWASP ASVS 5.0, appendix C, asks for at least
// 19 MiB and two passes.
var parametres = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// leurre has the same parameters: its comparison costs what a real one costs. The password behind it was thrown away.
const leurre = "$argon2id$v=19$m=19456,t=2,p=1$CnKvRkgpg9eQbyw8FXYhwg$nzlfyaR51/NoErC2+DTeuYffEbZT66UX76h0vBDUv/I"

// patience is how long a password waits for its turn: two cores hash some 200 of them in that time.
const patience = 8 * time.Second

var errOccupe = refusal.Busy("Beaucoup de personnes se connectent en ce moment. Réessayez dans quelques secondes.")

// accalmie is how long without a password before the memory that they took goes back to the system: measured, 80 of
// them leave 90 MB behind, and 5 MB once it has.
const accalmie = 2 * time.Second

// hacheur hashes no more passwords at once than there are cores: each takes 19 MiB.
type hacheur struct {
	places   chan struct{}
	patience time.Duration
	comparer func(motDePasse, empreinte string) (bool, *argon2id.Params, error)
	menage   *time.Timer
}

func newHacheur() *hacheur {
	return &hacheur{
		places: make(chan struct{}, runtime.GOMAXPROCS(0)), patience: patience, comparer: argon2id.CheckHash,
		menage: time.AfterFunc(accalmie, debug.FreeOSMemory),
	}
}

// entrer waits for a place, which sortir gives back.
func (h *hacheur) entrer(ctx context.Context) (sortir func(), err error) {
	trop := time.NewTimer(h.patience)
	defer trop.Stop()
	select {
	case h.places <- struct{}{}:
		return h.sortir, nil
	case <-trop.C:
		return nil, errOccupe
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *hacheur) sortir() {
	<-h.places
	h.menage.Reset(accalmie)
}

// verifier compares; perime tells that the hash was made with other parameters than today's.
func (h *hacheur) verifier(ctx context.Context, motDePasse, empreinte string) (juste, perime bool, err error) {
	sortir, err := h.entrer(ctx)
	if err != nil {
		return false, false, err
	}
	defer sortir()
	juste, p, err := h.comparer(norm.NFC.String(motDePasse), empreinte)
	if err != nil {
		return false, false, fmt.Errorf("compte: compare a password: %w", err)
	}
	return juste, *p != parametres, nil
}

func (h *hacheur) hacher(ctx context.Context, motDePasse string) (string, error) {
	sortir, err := h.entrer(ctx)
	if err != nil {
		return "", err
	}
	defer sortir()
	return Hacher(motDePasse)
}

// Hacher makes the hash that an account keeps of its password. It waits for nobody: pages go through a Gate.
func Hacher(motDePasse string) (string, error) {
	empreinte, err := argon2id.CreateHash(norm.NFC.String(motDePasse), &parametres)
	if err != nil {
		return "", fmt.Errorf("compte: hash a password: %w", err)
	}
	return empreinte, nil
}
