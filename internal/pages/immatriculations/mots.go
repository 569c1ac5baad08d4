package immatriculations

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/web/ui"
)

// queFaire is the next step, for the one who reads.
func queFaire(par habilitation.Role, etat immatriculation.Etat, raison immatriculation.Raison) string {
	ia := par == habilitation.IA
	switch {
	case etat == immatriculation.Litige && ia:
		return "Comparer les deux élèves et décider."
	case etat == immatriculation.Litige:
		return "Attendre la réponse de l’inspection académique."
	case etat == immatriculation.Attribue:
		return "Rien\u00a0: le numéro est attribué."
	case etat == immatriculation.Remplace:
		return "Rien\u00a0: le numéro est porté par un autre dossier du même enfant."
	case raison == "":
		return "Rien\u00a0: le registre répond de lui-même."
	case ia:
		return "Rien\u00a0: l’école s’en occupe."
	case raison.Ressemblante():
		return "Comparer les deux élèves."
	}
	return "Corriger l’identité."
}

func kind(e immatriculation.Etat) ui.Kind {
	switch e {
	case immatriculation.BloqueDoublon, immatriculation.Litige:
		return ui.Warning
	case immatriculation.EnErreur:
		return ui.Danger
	case immatriculation.Attribue:
		return ui.Success
	}
	return ui.Info
}
