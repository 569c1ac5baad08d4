package habilitation

import "strings"

// Civil is the agent as a paper names him, « Mme Claire Fabre », or his name alone when his account does not say.
func (a Agent) Civil() string { return strings.TrimSpace(a.Civilite + " " + a.Nom) }

// Soussigne begins what a school certifies: who certifies, between the words before the name and those after it. One whose
// account says neither Mme nor M. is named without a word that would have to choose.
func (a Agent) Soussigne() (avant, nom, apres string) {
	qualite := ", directeur de l’école, "
	switch {
	case a.Delegation != "":
		qualite = ", par délégation de " + a.Delegant + ", "
	case a.Civilite == "Mme":
		qualite = ", directrice de l’école, "
	case a.Civilite == "":
		qualite = ", "
	}
	switch a.Civilite {
	case "Mme":
		return "Je soussignée, ", a.Civil(), qualite
	case "M.":
		return "Je soussigné, ", a.Civil(), qualite
	}
	return "La direction de l’école, représentée par ", a.Nom, qualite
}

// Direction is the title above the name of the agent who signs for a school.
func (a Agent) Direction() string {
	if a.Delegation != "" {
		return "Pour la direction de l’école"
	}
	return Direction(a.Civil())
}

// Direction is the title of who directs a school, by the civilité that begins the name.
func Direction(nom string) string {
	switch {
	case strings.HasPrefix(nom, "Mme "):
		return "La directrice"
	case strings.HasPrefix(nom, "M. "):
		return "Le directeur"
	}
	return "Direction de l’école"
}
