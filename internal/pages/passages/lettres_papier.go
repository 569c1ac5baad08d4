package passages

import (
	"slices"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// papier is the letters, each on its own page.
func (m modele) papier(all []pli, school enTete, agent habilitation.Agent) papier.Papier {
	p := papier.Papier{Titre: "Poursuite de la scolarité", Auteur: school.NomComplet(), Date: agent.Maintenant, Lettre: true}
	for _, x := range all {
		l := lettre{x, school, agent}
		if x.DecideLe == nil {
			p.Pieces = append(p.Pieces, papier.Piece{Blocs: l.proposition()})
		} else {
			p.Pieces = append(p.Pieces, papier.Piece{Blocs: l.decision()})
		}
	}
	return p
}

// lettre is a pli with what all have in common.
type lettre struct {
	pli
	ecole enTete
	agent habilitation.Agent
}

// article is the one that a family may read its rights in: that of the public schools, or of the private ones.
func (l lettre) article() string {
	if l.ecole.Secteur.Prive() {
		return "art. D. 321-22"
	}
	return "art. D. 321-6"
}

func (l lettre) proposition() []papier.Bloc {
	le := jourDe(l.NotifieLe, l.agent.Aujourdhui())
	jusqua := date.Long(le.AddDate(0, 0, passage.Delai))
	return slices.Concat(l.debut("Poursuite de la scolarité – proposition", le), []papier.Bloc{
		papier.Dit("Le conseil des maîtres a examiné la scolarité de votre enfant. Pour l’année " + l.suivante() + ", il propose\u00a0:"),
		l.objet("Proposition"),
		papier.Texte{pdf.T("Vous pouvez répondre jusqu’au "), pdf.B(jusqua),
			pdf.T(". Sans réponse à cette date, votre accord est réputé acquis (code de l’éducation, " + l.article() + ").")},
		l.signature(),
	}, l.bordereau("À remettre à l’école jusqu’au "+jusqua, "est d’accord avec la proposition", "n’est pas d’accord avec la proposition"))
}

func (l lettre) decision() []papier.Bloc {
	le := jourDe(l.DecisionNotifieeLe, l.agent.Aujourdhui())
	head := append(l.debut("Poursuite de la scolarité – décision", le), papier.Dit(l.apres()), l.objet("Décision"))
	if l.Etat == passage.Confirme {
		return append(head, papier.Dit("Cette décision est définitive"+l.parArticle8()+"."), l.signature())
	}
	jusqua := date.Long(le.AddDate(0, 0, passage.Delai))
	return slices.Concat(head, []papier.Bloc{
		papier.Texte{pdf.T("Si vous contestez cette décision, vous pouvez former un recours motivé devant la " + l.commission() + " jusqu’au "),
			pdf.B(jusqua), pdf.T(". Remettez-le à l’école, qui le transmet (code de l’éducation, " + l.article() + ").")},
		l.signature(),
	}, l.bordereau("À remettre à l’école", "a pris connaissance de la décision", "conteste la décision et joint un recours motivé"))
}

// apres says what the decision follows: the answer of the family, its silence, or its appeal.
func (l lettre) apres() string {
	annee := " Pour l’année " + l.suivante() + ", "
	switch {
	case l.Etat == passage.Confirme:
		return "La " + l.commission() + " a examiné votre recours du " + date.Long(*l.RecoursLe) + "." + annee + "elle a décidé le " +
			date.Long(*l.ConfirmeLe) + "\u00a0:"
	case l.Desaccord:
		return "Vous n’étiez pas d’accord avec la proposition du conseil des maîtres." + annee + "il a décidé le " + date.Long(*l.DecideLe) + "\u00a0:"
	case l.ReponduLe == nil:
		return "Vous n’avez pas répondu à la proposition du conseil des maîtres\u00a0: votre accord est réputé acquis." + annee +
			"il a décidé le " + date.Long(*l.DecideLe) + "\u00a0:"
	}
	return "Vous étiez d’accord avec la proposition du conseil des maîtres." + annee + "il a décidé le " + date.Long(*l.DecideLe) + "\u00a0:"
}

// commission is the one that examines appeals: in private schools it is their own.
func (l lettre) commission() string {
	if l.ecole.Secteur.Prive() {
		return "commission de recours"
	}
	return "commission départementale d’appel"
}

func (l lettre) parArticle8() string {
	if l.ecole.Secteur.Prive() {
		return ""
	}
	return " (code de l’éducation, art. D. 321-8)"
}

func (l lettre) debut(titre string, le time.Time) []papier.Bloc {
	return []papier.Bloc{
		papier.EnTete{Issuer: l.ecole.Lignes(), Right: []string{l.ecole.Commune + ", le " + date.Long(le)}},
		papier.Destinataire(l.adresse()),
		papier.Titre{Titre: titre, Sous: []string{"Année scolaire " + ecole.Annee(l.Annee).Libelle()}},
	}
}

func (l lettre) suivante() string { return (ecole.Annee(l.Annee) + 1).Libelle() }

// objet is who and what. Why a pupil is kept back is written by hand: the register holds no such text.
func (l lettre) objet(quoi string) papier.Lignes {
	rows := papier.Lignes{
		{Label: "Élève", Value: []pdf.Span{pdf.B(eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom))}},
		pdf.R("Date de naissance", date.Long(l.DateNaissance)), pdf.R("Niveau", l.Niveau.Libelle()),
	}
	if l.LibelleClasse != "" {
		rows = append(rows, pdf.R("Classe", l.LibelleClasse))
	}
	rows = append(rows, pdf.Row{Label: quoi, Value: []pdf.Span{pdf.B(l.dit())}})
	if l.Decision == passage.Maintien {
		rows = append(rows, pdf.R("Motifs", "\n\n"))
	}
	return rows
}

// dit is the choice as a family reads it.
func (l lettre) dit() string {
	c := l.Choix()
	said := c.Decision.Label()
	if c.Niveau != "" && c.Decision != passage.Sixieme {
		said += " en " + string(c.Niveau) + " – " + c.Niveau.Libelle()
	}
	if c.Quittant && c.Niveau != "" {
		said += ", dans une autre école"
	}
	return said
}

func (l lettre) signature() papier.Bloc {
	return papier.Signature{Role: l.agent.Direction(), Name: l.agent.Nom}
}

// bordereau is the slip that comes back, one line to sign for each of those who received the letter.
func (l lettre) bordereau(titre string, choix ...string) []papier.Bloc {
	noms := l.noms()
	if len(noms) == 0 {
		noms = []string{"Responsable de l’élève"}
	}
	var rows papier.Lignes
	for _, nom := range noms {
		rows = append(rows, pdf.R(nom, "□ "+strings.Join(choix, "\n□ ")+"\nDate et signature\u00a0:\n"))
	}
	return []papier.Bloc{
		papier.Talon(titre),
		papier.Texte{pdf.B(eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom)), pdf.T(" – " + string(l.Niveau) + ", " + l.dit())},
		rows,
	}
}

func (p pli) noms() (noms []string) {
	for _, d := range p.a {
		noms = append(noms, d.personne().NomComplet())
	}
	return noms
}

// postaux are the names as an envelope has them.
func (p pli) postaux() (noms []string) {
	for _, d := range p.a {
		noms = append(noms, d.personne().NomPostal())
	}
	return noms
}

// adresse is to whom the letter goes. Those of one home share its address; where none may be printed, the school hands
// the letter over.
func (p pli) adresse() []string {
	lines := p.postaux()
	if len(lines) == 0 {
		lines = []string{"Aux responsables de " + eleve.NomListe(p.NomFamille, p.NomUsage, p.Prenom)}
	} else if where := p.a[0].lieu(); len(where) > 0 {
		return append(lines, where...)
	}
	return append(lines, foyer.MainPropre)
}

func (d destinataire) personne() eleve.Responsable {
	return eleve.Responsable{
		Nature: d.Nature, Civilite: d.Civilite, NomFamille: d.NomFamille, NomUsage: d.NomUsage, Prenom: d.Prenom, Organisme: d.Organisme,
	}
}

// lieu is the address as an envelope shows it.
func (d destinataire) lieu() []string {
	lines := eleve.Lignes(d.Complement, d.Voie, d.LieuDit, d.CodePostal, d.Commune, d.Pays)
	if d.Fonction != "" {
		return append([]string{d.Fonction}, lines...)
	}
	return lines
}

// jourDe is the day that is noted, or today.
func jourDe(note *time.Time, today time.Time) time.Time {
	if note != nil {
		return *note
	}
	return today
}
