package accueil

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// passages is what the campaign of the passages awaits, in its season alone: out of it nothing is read.
type passages struct {
	comptes  passage.Comptes
	campagne *passage.LigneCampagne
	avis     int
	recours  int
}

// ouverte tells whether the campaign may have begun, whatever the days that the IA has set.
func ouverte(today time.Time) bool {
	return today.Month() >= time.January && today.Month() <= time.August
}

func (p *passages) read(l *territoire.Lecture, agent habilitation.Agent) {
	today := agent.Aujourdhui()
	if !ouverte(today) {
		return
	}
	annee := int(ecole.AnneeDe(today))
	territoire.Peut(l, &p.campagne, passage.SQLCampagne, annee)
	switch {
	case agent.Can(habilitation.DeciderPassages):
		territoire.Toutes(l, (*[]passage.Compte)(&p.comptes), passage.SQLComptes, today, annee, (*uuid.UUID)(nil))
	case agent.Can(habilitation.AviserPassages):
		territoire.Valeur(l, &p.avis, `select count(*) from passage p where `+passage.SQLExceptions+` and `+passage.SQLSansAvis, annee)
	case agent.Can(habilitation.TrancherPassages):
		territoire.Valeur(l, &p.recours, `select count(*) from passage p where `+passage.SQLExceptions+` and p.etat = 'en_recours'`, annee)
	}
}

func (p passages) taches(agent habilitation.Agent) []ui.Task {
	today := agent.Aujourdhui()
	c := passage.LireCampagne(ecole.AnneeDe(today), p.campagne)
	if !c.Saison(today) {
		return nil
	}
	proposer, notifier, decider := p.comptes.De(passage.AProposer), p.comptes.De(passage.ANotifier), p.comptes.De(passage.ADecider)
	return []ui.Task{
		{
			Title: plural(proposer, "élève", "élèves") + " sans proposition de passage", Count: proposer, Due: due(c.Jours[0], today),
			Why: "Le conseil des maîtres propose, puis la famille est prévenue.", Href: "/passages", Action: "Proposer",
		},
		{
			Title: plural(notifier, "famille", "familles") + " à prévenir d’une proposition de passage", Count: notifier, Due: due(c.Jours[0], today),
			Why: "La famille a quinze jours pour répondre, à partir de la lettre.", Href: "/passages?etat=a_notifier", Action: "Imprimer les lettres",
		},
		{
			Title: plural(decider, "passage", "passages") + " à décider", Count: decider, Due: due(c.Jours[2], today),
			Why: "La famille a répondu, ou son délai est passé.", Href: "/passages?etat=a_decider", Action: "Décider",
		},
		{
			Title: plural(p.avis, "maintien ou passage anticipé", "maintiens ou passages anticipés") + " sans votre avis", Count: p.avis,
			Due: due(c.Jours[2], today), Why: "L’école attend l’avis de l’inspecteur avant de décider.", Href: "/passages?voir=avis", Action: "Donner un avis",
		},
		{
			Title: plural(p.recours, "recours", "recours") + " contre une décision de passage", Count: p.recours, Due: due(c.Jours[5], today),
			Why: "La commission d’appel tranche\u00a0; enregistrez sa décision, l’école la voit.", Href: "/passages?voir=recours", Action: "Enregistrer",
		},
	}
}

// due says by when, or since when it is late.
func due(le, today time.Time) string {
	if today.After(le) {
		return "en retard depuis le " + date.Long(le)
	}
	return "avant le " + date.Long(le)
}
