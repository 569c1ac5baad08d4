package habilitation

import "testing"

// A certificate names who signs it as one is called, and never « directeur ou directrice ».
func TestSoussigne(t *testing.T) {
	for _, tt := range []struct {
		agent            Agent
		phrase, fonction string
	}{
		{Agent{Civilite: "Mme", Nom: "Sylvie Noguès"}, "Je soussignée, Mme Sylvie Noguès, directrice de l’école, ", "La directrice"},
		{Agent{Civilite: "M.", Nom: "Luc Cazenave"}, "Je soussigné, M. Luc Cazenave, directeur de l’école, ", "Le directeur"},
		{Agent{Nom: "Alix Fabre"}, "La direction de l’école, représentée par Alix Fabre, ", "Direction de l’école"},
		{Agent{Civilite: "Mme", Nom: "Sylvie Noguès", Delegation: Gestion, Delegant: "Luc Cazenave"},
			"Je soussignée, Mme Sylvie Noguès, par délégation de Luc Cazenave, ", "Pour la direction de l’école"},
		{Agent{Nom: "Alix Fabre", Delegation: Interim, Delegant: "Luc Cazenave"},
			"La direction de l’école, représentée par Alix Fabre, par délégation de Luc Cazenave, ", "Pour la direction de l’école"},
	} {
		avant, nom, apres := tt.agent.Soussigne()
		if got := avant + nom + apres; got != tt.phrase {
			t.Errorf("%+v certifies as %q, want %q", tt.agent, got, tt.phrase)
		}
		if got := tt.agent.Direction(); got != tt.fonction {
			t.Errorf("%+v signs as %q, want %q", tt.agent, got, tt.fonction)
		}
	}
}
