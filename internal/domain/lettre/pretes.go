package lettre

import "strings"

// Prete is a letter to begin from: one copies it, then it is the school's own.
type Prete struct {
	Code  string
	Usage string
	Modele
}

// Pretes are the letters that schools write most.
var Pretes = []Prete{
	pret("reunion", "Inviter les parents d’une classe.", "Réunion de rentrée", "Réunion de rentrée de la classe {classe}", `
		{madame_monsieur},

		L'enseignant de {prenom}, {enseignant}, vous invite à la réunion de rentrée de la classe {classe}. Elle aura lieu le [jour] à [heure], [lieu].

		Vous y découvrirez le projet de la classe, son organisation et le matériel demandé. Un temps sera laissé à vos questions.

		La présence de chaque parent est importante. Les enfants ne sont pas gardés pendant la réunion.`),
	pret("rendez-vous", "Demander à voir les responsables d’un élève.", "Convocation à un rendez-vous", "Rendez-vous au sujet de {prenom}", `
		{madame_monsieur},

		Je souhaite vous rencontrer au sujet de la scolarité de votre {fils_ou_fille} {prenom}, en {niveau}.

		Je vous propose le [jour] à [heure], à l'école. Si ce moment ne vous convient pas, appelez l'école au {telephone} : nous en choisirons un autre.
		---
		Réponse à rendre à l'école
		{prenom} {nom}, {classe}

		□ Je viendrai au rendez-vous.
		□ Je ne peux pas venir. Moments possibles : ………………………………………

		Date et signature : `),
	pret("absence", "Demander pourquoi un élève est absent.", "Absence sans motif connu", "Absence de {prenom} {nom}", `
		{madame_monsieur},

		{prenom}, en classe de {niveau}, n'était pas à l'école [quand]. L'école n'en connaît pas le motif.

		La loi demande aux responsables de faire connaître sans délai le motif de chaque absence (code de l'éducation, art. L. 131-8). Merci de répondre par le coupon ci-dessous, ou au {telephone}.
		---
		Réponse à rendre à l'école
		{prenom} {nom}, {classe}

		Motif de l'absence : ………………………………………………………………………………

		Date et signature : `),
	pret("sortie", "Annoncer une sortie, avec l’autorisation à rendre.", "Sortie scolaire", "Sortie scolaire – [destination]", `
		{madame_monsieur},

		La classe {classe} ira à [destination] le [jour]. Départ de l'école à [heure de départ], retour à [heure de retour].

		Chaque enfant apporte : [à apporter].

		Merci de rendre le coupon avant le [date limite].
		---
		Coupon à rendre à l'école avant le [date limite]
		{prenom} {nom}, {classe}

		□ J'autorise mon enfant à participer à la sortie.
		□ Je ne l'autorise pas.

		Date et signature : `),
	pret("fermeture", "Prévenir toutes les familles, une lettre par foyer.", "Fermeture exceptionnelle", "Fermeture de l'école le [jour]", `
		{madame_monsieur},

		L'école {ecole} n'accueillera pas les élèves le [jour], en raison de : [motif].

		[accueil prévu]

		L'école reprendra le [reprise] aux heures habituelles.`),
	pret("information", "Une lettre vide, avec sa formule de politesse.", "Information aux familles", "[objet]", `
		{madame_monsieur},

		[texte]

		Je vous prie d'agréer, {madame_monsieur}, l'expression de mes salutations distinguées.`),
}

// pret lays out a text written on the margin of this file.
func pret(code, usage, titre, objet, corps string) Prete {
	lines := strings.Split(strings.TrimSpace(corps), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimLeft(l, "\t")
	}
	return Prete{code, usage, Modele{titre, typographier(objet), typographier(strings.Join(lines, "\n"))}}
}

// PreteDe is a letter to begin from, by its code.
func PreteDe(code string) (Prete, bool) {
	for _, p := range Pretes {
		if p.Code == code {
			return p, true
		}
	}
	return Prete{}, false
}

const espace = " "

// typographie puts the signs of French where a keyboard has none: the apostrophe, and spaces at which no line is cut.
var typographie = strings.NewReplacer(
	"'", "’", " :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!", espace+"»", "\u00a0»", "«"+espace, "«\u00a0", "...", "…")

func typographier(text string) string { return typographie.Replace(text) }
