package journal

import (
	"crypto/ed25519"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
)

var (
	cle    = Cle(make([]byte, ed25519.SeedSize))
	public = cle.Public().(ed25519.PublicKey)
	midi   = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
)

// registre is a journal of n lines with its chain, an anchor every ten lines.
func registre(n int) (chain []Maillon, anchors []Ancre) {
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() (id uuid.UUID) {
		for i := range id {
			id[i] = byte(r.UintN(256))
		}
		return id
	}
	var e Empreinte
	for i := range n {
		objet, ecole, motif := draw(), "0659001F", "famille"
		f := &Fait{ID: int64(i + 1), Le: midi.Add(time.Duration(i) * time.Second), CompteID: draw(), HabilitationID: draw(), Role: "directeur",
			Acte: "consulter", Objet: "eleve", ObjetID: &objet, EcoleUAI: &ecole}
		if i%3 == 0 {
			f.Motif = &motif
		}
		e = f.apres(e)
		chain = append(chain, Maillon{Rang: int64(i + 1), Empreinte: slices.Clone(e[:]), Fait: f})
		if (i+1)%10 == 0 {
			anchors = append(anchors, signer(cle, int64(i+1), e, f.Le))
		}
	}
	return chain, anchors
}

func juger(chain []Maillon, anchors []Ancre) error {
	v := NewVerification(public, anchors...)
	for _, m := range chain {
		v.Suivre(m)
	}
	return v.Finir()
}

// rechainer is what somebody does who holds the base and not the key: all the links made anew.
func rechainer(chain []Maillon) []Maillon {
	var e Empreinte
	for i := range chain {
		e = chain[i].Fait.apres(e)
		chain[i].Rang, chain[i].Empreinte = int64(i+1), slices.Clone(e[:])
	}
	return chain
}

// copie lets a mutation change lines without changing the original.
func copie(chain []Maillon) []Maillon {
	chain = slices.Clone(chain)
	for i := range chain {
		f := *chain[i].Fait
		chain[i].Fait = &f
	}
	return chain
}

// retouches change one thing of a line.
var retouches = map[string]func(f *Fait){
	"its instant":      func(f *Fait) { f.Le = f.Le.Add(time.Microsecond) },
	"its account":      func(f *Fait) { f.CompteID[3]++ },
	"its habilitation": func(f *Fait) { f.HabilitationID[3]++ },
	"its role":         func(f *Fait) { f.Role = "ia" },
	"its act":          func(f *Fait) { f.Acte = "exporter" },
	"its kind":         func(f *Fait) { f.Objet = "responsable" },
	"its object":       func(f *Fait) { o := uuid.New(); f.ObjetID = &o },
	"no object":        func(f *Fait) { f.ObjetID = nil },
	"its school":       func(f *Fait) { s := "0659002G"; f.EcoleUAI = &s },
	"no school":        func(f *Fait) { f.EcoleUAI = nil },
	"its reason":       func(f *Fait) { s := "autre"; f.Motif = &s },
	"an empty reason":  func(f *Fait) { s := ""; f.Motif = &s },
	"its address":      func(f *Fait) { s := "192.0.2.7"; f.Adresse = &s },
	"its request":      func(f *Fait) { s := "ABCDEFGHIJKL"; f.Requete = &s },
	"a shifted border": func(f *Fait) { f.Role, f.Acte = f.Role+f.Acte[:1], f.Acte[1:] },
	"its number":       func(f *Fait) { f.ID += 100 },
}

// Whatever is done to a line, to the order or to the end is found (security.md AUD-3, AUD-4), and nothing is found where
// nothing was done.
func TestChaque(t *testing.T) {
	chain, anchors := registre(40)
	if err := juger(chain, anchors); err != nil {
		t.Fatalf("the chain as it was made: %v", err)
	}
	n := 0
	found := func(name string, changed []Maillon, anchors []Ancre) {
		if n++; juger(changed, anchors) == nil {
			t.Errorf("%s: not found", name)
		}
	}
	for i := range chain {
		for name, retouche := range retouches {
			changed := copie(chain)
			retouche(changed[i].Fait)
			found(fmt.Sprintf("line %d, %s", i+1, name), changed, anchors)
			found(fmt.Sprintf("line %d, %s, rechained", i+1, name), rechainer(changed), anchors)
		}
		gone := copie(chain)
		gone[i].Fait = nil
		found(fmt.Sprintf("line %d deleted", i+1), gone, anchors)
		found(fmt.Sprintf("line %d and its link deleted", i+1), slices.Delete(copie(chain), i, i+1), anchors)
		found(fmt.Sprintf("line %d deleted, rechained", i+1), rechainer(slices.Delete(copie(chain), i, i+1)), anchors)
		if i < len(chain)-1 { // after the last anchor the chain may grow
			found(fmt.Sprintf("line %d told twice, rechained", i+1), rechainer(slices.Insert(copie(chain), i, chain[i])), anchors)
		}
		if i > 0 {
			swapped := copie(chain)
			swapped[i].Fait, swapped[i-1].Fait = swapped[i-1].Fait, swapped[i].Fait
			found(fmt.Sprintf("lines %d and %d swapped", i, i+1), swapped, anchors)
			found(fmt.Sprintf("lines %d and %d swapped, rechained", i, i+1), rechainer(swapped), anchors)
			found(fmt.Sprintf("the end cut after line %d", i), copie(chain)[:i], anchors)
		}
	}
	if n < 200 {
		t.Errorf("only %d mutations", n)
	}
}

// The control: without an anchor out of the base, one who holds the base makes another chain that holds.
func TestSansAncre(t *testing.T) {
	chain, _ := registre(40)
	changed := copie(chain)
	changed[5].Fait.Acte = "exporter"
	if err := juger(rechainer(changed), nil); err != nil {
		t.Errorf("a chain made anew is found without any anchor: %v", err)
	}
	if err := juger(chain[:30], nil); err != nil {
		t.Errorf("a chain cut is found without any anchor: %v", err)
	}
}

// An anchor signed with another key, or changed, is told and believed by nobody.
func TestFausseAncre(t *testing.T) {
	chain, anchors := registre(40)
	other := make([]byte, ed25519.SeedSize)
	other[0] = 1
	forged := signer(Cle(other), 40, Empreinte(chain[39].Empreinte), midi)
	later := anchors[3]
	later.Le = later.Le.Add(time.Second)
	for name, a := range map[string]Ancre{"of another key": forged, "of another instant": later} {
		if juger(chain, append(slices.Clone(anchors), a)) == nil {
			t.Errorf("an anchor %s is not told", name)
		}
	}
}
