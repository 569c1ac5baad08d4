package habilitation

import "testing"

// A delegation that is none of those known opens nothing, and one is named with who gave it; who acts in his own name is
// not named so.
func TestDelegation(t *testing.T) {
	for _, d := range Droits() {
		if Delegation("autre").laisse(d) {
			t.Errorf("an unknown delegation leaves the right %d", d)
		}
	}
	if !Consultation.laisse(ConsulterEleves) || Consultation.laisse(Radier) { // control
		t.Error("a delegation to read leaves the wrong rights")
	}
	if said := (Agent{}).ParDelegation(); said != "" {
		t.Errorf("in his own name: %q", said)
	}
	if said := (Agent{Delegation: Gestion, Delegant: "Claire Fabre"}).ParDelegation(); said != "Gestion courante, par délégation de Claire Fabre" {
		t.Errorf("in another's place: %q", said)
	}
}
