package immatriculation_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/refusal"
)

type etat = immatriculation.Etat

const (
	attente, bloque, erreur = immatriculation.EnAttente, immatriculation.BloqueDoublon, immatriculation.EnErreur
	litige, attribue        = immatriculation.Litige, immatriculation.Attribue
	verification, remplace  = immatriculation.EnVerification, immatriculation.Remplace
	ressemblance, connue    = immatriculation.Ressemblance, immatriculation.IdentiteConnue
	directeur, ia, mairie   = habilitation.Directeur, habilitation.IA, habilitation.Mairie
	meme, autre, demanderIA = immatriculation.MemeEnfant, immatriculation.AutreEnfant, immatriculation.DemanderIA
	naissance               = immatriculation.Raison("date_naissance")
	aucune                  = immatriculation.Raison("")
)

type geste = func(*immatriculation.Immatriculation) error

func attribuer(i *immatriculation.Immatriculation) error { return i.Attribuer() }
func corriger(i *immatriculation.Immatriculation) error  { return i.Corriger() }
func bloquer(r immatriculation.Raison) geste {
	return func(i *immatriculation.Immatriculation) error { return i.Bloquer(r) }
}
func decider(par habilitation.Role, d immatriculation.Decision) geste {
	return func(i *immatriculation.Immatriculation) error { return i.Decider(par, d) }
}
func reprendre(par habilitation.Role) geste {
	return func(i *immatriculation.Immatriculation) error { return i.Reprendre(par) }
}
func revenir(par habilitation.Role, d immatriculation.Decision) geste {
	return func(i *immatriculation.Immatriculation) error { return i.RevenirSur(par, d) }
}

// The transitions of domain.md §4.3, and those that do not exist. avec: the pupil has a number when it is asked.
func TestTransitions(t *testing.T) {
	for _, tt := range []struct {
		name   string
		etat   etat
		raison immatriculation.Raison
		avec   bool
		geste  geste
		want   etat // "" is a refusal
		pour   immatriculation.Raison
	}{
		{"le registre attribue", attente, aucune, false, attribuer, attribue, aucune},
		{"le registre a vérifié", verification, aucune, true, attribuer, attribue, aucune},
		{"le registre n’attribue pas deux fois", attribue, aucune, true, attribuer, "", aucune},
		{"le registre n’attribue pas à la place de l’IA", litige, ressemblance, false, attribuer, "", aucune},
		{"un élève ressemble", attente, aucune, false, bloquer(ressemblance), bloque, ressemblance},
		{"une identité est connue", attente, aucune, false, bloquer(connue), bloque, connue},
		{"une donnée est incohérente", attente, aucune, false, bloquer(naissance), erreur, naissance},
		{"une ressemblance se voit à la vérification", verification, aucune, true, bloquer(ressemblance), verification, ressemblance},
		{"rien ne bloque un numéro attribué", attribue, aucune, true, bloquer(ressemblance), "", aucune},
		{"le directeur reconnaît le même enfant", bloque, ressemblance, false, decider(directeur, meme), attribue, aucune},
		{"le directeur en voit un autre", bloque, ressemblance, false, decider(directeur, autre), attente, aucune},
		{"le directeur ne sait pas", bloque, connue, false, decider(directeur, demanderIA), litige, connue},
		{"le directeur décide à la vérification", verification, ressemblance, true, decider(directeur, autre), verification, aucune},
		{"le directeur y reconnaît le même enfant", verification, ressemblance, true, decider(directeur, meme), attribue, aucune},
		{"le directeur demande à la vérification", verification, ressemblance, true, decider(directeur, demanderIA), litige, ressemblance},
		{"le directeur ne tranche pas un litige", litige, ressemblance, false, decider(directeur, meme), "", aucune},
		{"le directeur n’a rien à dire d’une erreur", erreur, naissance, false, decider(directeur, meme), "", aucune},
		{"le directeur n’a rien à dire d’une vérification sans question", verification, aucune, true, decider(directeur, autre), "", aucune},
		{"le directeur répond quelque chose", bloque, ressemblance, false, decider(directeur, ""), "", aucune},
		{"l’IA reconnaît le même enfant", litige, ressemblance, false, decider(ia, meme), attribue, aucune},
		{"l’IA en voit un autre", litige, ressemblance, false, decider(ia, autre), attente, aucune},
		{"l’IA en voit un autre, qui a son numéro", litige, ressemblance, true, decider(ia, autre), verification, aucune},
		{"l’IA ne se demande rien", litige, ressemblance, false, decider(ia, demanderIA), "", aucune},
		{"l’IA ne décide pas à la place de l’école", bloque, ressemblance, false, decider(ia, meme), "", aucune},
		{"la mairie ne décide pas", bloque, ressemblance, false, decider(mairie, meme), "", aucune},
		{"le directeur reprend son litige", litige, connue, false, reprendre(directeur), bloque, connue},
		{"le directeur reprend le litige d’une vérification", litige, ressemblance, true, reprendre(directeur), verification, ressemblance},
		{"l’IA ne reprend rien", litige, ressemblance, false, reprendre(ia), "", aucune},
		{"le directeur ne reprend pas ce qu’il n’a pas donné", bloque, ressemblance, false, reprendre(directeur), "", aucune},
		{"« un autre » annulé avant la réponse", attente, aucune, false, revenir(directeur, autre), bloque, ressemblance},
		{"« un autre » annulé après, le numéro reste", attribue, aucune, true, revenir(directeur, autre), verification, ressemblance},
		{"« le même » annulé", attribue, aucune, false, revenir(directeur, meme), bloque, ressemblance},
		{"l’IA revient sur le sien", attribue, aucune, true, revenir(ia, autre), litige, ressemblance},
		{"« le même » ne s’annule pas d’un dossier en erreur", erreur, naissance, false, revenir(directeur, meme), "", aucune},
		{"rien ne s’annule d’un dossier remplacé", remplace, aucune, false, revenir(directeur, autre), "", aucune},
		{"l’IA saisit le numéro", litige, ressemblance, false, corriger, attribue, aucune},
		{"l’IA corrige un numéro", attribue, aucune, true, corriger, attribue, aucune},
		{"l’IA ne numérote pas un dossier remplacé", remplace, aucune, false, corriger, "", aucune},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := immatriculation.Immatriculation{Ecole: "0651234A", Etat: tt.etat, Raison: tt.raison, Numero: tt.avec}
			i := before
			err := tt.geste(&i)
			switch {
			case tt.want == "" && (refusal.All(err) == nil || i != before):
				t.Errorf("not refused, or changed all the same: %+v, %v", i, err)
			case tt.want != "" && (err != nil || i.Etat != tt.want || i.Raison != tt.pour):
				t.Errorf("got %s %q, %v", i.Etat, i.Raison, err)
			}
		})
	}
}

func TestEveryStateIsWorded(t *testing.T) {
	for _, e := range []etat{"", attente, bloque, erreur, litige, attribue, verification, remplace} {
		if e.Label() == "" {
			t.Errorf("%q has no words", e)
		}
	}
	for _, r := range []immatriculation.Raison{"", ressemblance, connue, "nom_famille", "prenom", "sexe", naissance, "commune_naissance"} {
		if r.Label() == "" {
			t.Errorf("%q has no words", r)
		}
	}
}

func TestRevocable(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	ago := func(days int) *time.Time { t := now.AddDate(0, 0, -days); return &t }
	for _, tt := range []struct {
		name string
		d    immatriculation.Decision
		qui  string
		le   *time.Time
		par  habilitation.Role
		want bool
	}{
		{"la sienne", autre, "directeur", ago(1), directeur, true},
		{"celle du registre", meme, "registre", ago(29), directeur, true},
		{"celle de l’IA", meme, "ia", ago(1), directeur, false},
		{"celle de l’école, pour l’IA", meme, "directeur", ago(1), ia, false},
		{"celle du registre, pour l’IA", meme, "registre", ago(1), ia, false},
		{"trop tard", autre, "directeur", ago(30), directeur, false},
		{"aucune", "", "", nil, directeur, false},
	} {
		if got := immatriculation.Revocable(tt.d, tt.qui, tt.le, tt.par, now); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
}

// Of a child whom no school holds, the IA decides at once; the identity is corrected by who holds the file, as ever.
func TestSansEcole(t *testing.T) {
	for raison, want := range map[immatriculation.Raison]etat{ressemblance: litige, connue: litige, naissance: erreur} {
		i := immatriculation.Immatriculation{Etat: attente}
		if err := i.Bloquer(raison); err != nil || i.Etat != want {
			t.Errorf("%s: %s, %v", raison, i.Etat, err)
		}
	}
}
