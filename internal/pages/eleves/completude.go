package eleves

import (
	"strings"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
)

// manque is one thing missing, with the way to its repair.
type manque struct {
	dossier.Manque
	href   string
	action string
}

// ouverte is the line of the register for which the file must be complete: where the pupil is or will be, or the
// inscription that waits; nil once he has left.
func (v vue) ouverte() *etape {
	if e := v.present(); e != nil {
		return e
	}
	for i, e := range v.cursus {
		if e.Reuni {
			continue
		}
		if e.Etat == scolarite.Admissible || e.Etat == "" && (e.Inscription == inscription.Inscrit || e.Inscription == inscription.EnAttente) {
			return &v.cursus[i]
		}
	}
	return nil
}

// suivi tells whether the page says what the file lacks: to who may repair it.
func (v vue) suivi() bool { return v.writes && v.ouverte() != nil }

// jusqua is the step that the file must be complete for: the mairie inscribes, the school prepares the rentrée.
func (v vue) jusqua() dossier.Etape {
	if v.agent.Role == habilitation.Mairie {
		return dossier.PourInscription
	}
	return dossier.PourRentree
}

// manques is what the file lacks. A mairie that asks for no more than the état civil misses nothing.
func (v vue) manques() []manque {
	if v.agent.Role == habilitation.Mairie && len(v.fiche.adresse()) == 0 && len(v.responsables) == 0 {
		return nil
	}
	var list []manque
	for _, m := range v.etat().Manques(v.jusqua()) {
		href, action := v.reparation(m)
		list = append(list, manque{m, href, action})
	}
	return list
}

// etat is the file as the rule of completeness asks for it.
func (v vue) etat() dossier.Etat {
	e := v.ouverte()
	a, _ := v.autorisation(ecole.Annee(e.Annee))
	etat := dossier.Etat{
		Adresse: len(v.fiche.adresse()) > 0, Niveau: ecole.Niveau(e.Niveau), Classe: e.Classe != "", Attestation: a.AttestationFournie,
	}
	for _, r := range v.responsables {
		etat.Responsables = append(etat.Responsables, dossier.ResponsableConnu{
			Nom: r.nom(), Autorite: r.AutoriteParentale, Adresse: r.MemeAdresse || len(r.adresse()) > 0, Telephone: len(r.telephones()) > 0,
		})
	}
	for _, c := range v.fiche.Complements.Contacts {
		etat.Urgence = etat.Urgence || c.Urgence
	}
	return etat
}

// reparation is the page on which what is missing is given.
func (v vue) reparation(m dossier.Manque) (href, action string) {
	switch m.Rubrique {
	case dossier.RubriqueAdresse:
		return v.path + "/adresse", "Saisir l’adresse"
	case dossier.RubriqueResponsables:
		return v.path + "/responsables/nouveau", "Ajouter un responsable"
	case dossier.RubriqueResponsable:
		return v.path + "/responsables/" + v.responsables[m.Rang].ID.String(), "Compléter"
	case dossier.RubriqueScolarite:
		return "/admissions/" + v.ouverte().InscriptionID.String(), "Répondre à l’inscription"
	case dossier.RubriqueClasse:
		return "/repartition", "Placer dans une classe"
	case dossier.RubriqueContacts:
		return v.path + "/contacts/nouveau", "Ajouter une personne"
	}
	return atAnnee(v.path+"/assurance", ecole.Annee(v.ouverte().Annee)), "Saisir l’assurance"
}

// manquesTitre heads the list: for which step, from the nearest on.
func manquesTitre(list []manque) string {
	var etapes []string
	for _, m := range list {
		if n := len(etapes); n == 0 || etapes[n-1] != string(m.Etape) {
			etapes = append(etapes, string(m.Etape))
		}
	}
	return "Dossier à compléter pour " + strings.Join(etapes, ", ")
}
