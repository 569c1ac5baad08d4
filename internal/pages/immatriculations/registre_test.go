package immatriculations_test

import (
	"testing"

	"base-eleves/internal/fixture"
)

// What the register answers to a Lina who is admitted, born in Tarbes on 12 April 2019.
func TestRegisterAnswers(t *testing.T) {
	for _, tt := range []struct {
		name  string
		world func(m *fixture.Monde) fixture.Enfant // returns the one who is known already
		elle  string
		autre string
	}{
		{"nouvelle", func(m *fixture.Monde) fixture.Enfant { return connue(m, "Gaspard", sonJour) }, "attribue avec numéro", "attribue avec numéro"},
		{"connue, partie de son école", func(m *fixture.Monde) fixture.Enfant { return connue(m, "Lina", sonJour) }, "attribue avec numéro", "remplace"},
		{"connue, encore dans une autre école", func(m *fixture.Monde) fixture.Enfant {
			e := m.PresentAilleurs("Lina")
			registre(m)
			return e
		}, "bloque_doublon identite_connue", "attribue avec numéro"},
		{"jour et mois inversés (D.4)", func(m *fixture.Monde) fixture.Enfant { return connue(m, "Lina", inverse) }, "bloque_doublon ressemblance", "attribue avec numéro"},
		{"sa jumelle (D.4)", func(m *fixture.Monde) fixture.Enfant { return connue(m, "Zoé", sonJour) }, "attribue avec numéro", "attribue avec numéro"},
		{"qui n’a pas de numéro non plus", func(m *fixture.Monde) fixture.Enfant {
			e := m.Inscrire("mairie voisine", fixture.Voisine, "Lina")
			behind(m, `insert into immatriculation (eleve_id, ecole_uai, etat, demande_le, raison) values ($1, $2, 'en_erreur', now(), 'prenom')`, e.ID, fixture.Voisine)
			return e
		}, "attribue avec numéro", "en_erreur prenom"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			autre := tt.world(m)
			before := numero(m, autre.ID)
			elle := m.Present("Lina")
			registre(m)
			if got := etat(m, elle.ID); got != tt.elle {
				t.Errorf("she: %s", got)
			}
			if got := etat(m, autre.ID); got != tt.autre {
				t.Errorf("the other: %s", got)
			}
			if tt.autre == "remplace" && numero(m, elle.ID) != before {
				t.Error("the number known was not given back")
			}
		})
	}
}

func TestIncoherentIdentityIsAnError(t *testing.T) {
	m := fixture.New(t)
	elle := m.Present("Lina")
	behind(m, `update eleve set date_naissance = '2001-04-12' where id = $1`, elle.ID)
	registre(m)
	if got := etat(m, elle.ID); got != "en_erreur date_naissance" {
		t.Fatalf("got %s", got)
	}
	says(t, m.Get("directeur", page(elle)), "En erreur", "Le registre n’accepte pas la date de naissance.", "Corriger l’identité")
	behind(m, `update eleve set date_naissance = '2019-04-12' where id = $1`, elle.ID)
	if got := etat(m, elle.ID); got != "en_attente" {
		t.Errorf("once corrected: %s", got)
	}
	registre(m)
	if got := etat(m, elle.ID); got != "attribue avec numéro" {
		t.Errorf("looked at again: %s", got)
	}
}

// A number already given is not taken away by what the correction of an identity brings to light.
func TestCorrectionIsVerified(t *testing.T) {
	m := fixture.New(t)
	autre := connue(m, "Lina", inverse)
	elle := m.Present("Zoé")
	registre(m)
	ine := numero(m, elle.ID)
	behind(m, `update eleve set nom_usage = 'Pujol' where id = $1`, elle.ID)
	if got := etat(m, elle.ID); got != "attribue avec numéro" {
		t.Errorf("a name in use is no criterion: %s", got)
	}
	behind(m, `update eleve set prenom = 'Zoe' where id = $1`, elle.ID)
	if got := etat(m, elle.ID); got != "en_verification avec numéro" {
		t.Errorf("corrected: %s", got)
	}
	registre(m)
	if got := etat(m, elle.ID); got != "attribue avec numéro" {
		t.Errorf("verified: %s", got)
	}
	behind(m, `update eleve set prenom = 'Lina' where id = $1`, elle.ID)
	registre(m)
	if got := etat(m, elle.ID); got != "en_verification ressemblance avec numéro" {
		t.Errorf("now she looks alike: %s", got)
	}
	reponse(m, "directeur", elle, autre, "meme", "")
	if got := etat(m, elle.ID); got != "attribue avec numéro" || numero(m, elle.ID) != ine {
		t.Errorf("her own number is not kept: %s", got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from ine_alias where eleve_id = $1 and ancien_id = $2`, elle.ID, autre.ID); n != 1 {
		t.Error("the other number no longer leads anywhere")
	}
	says(t, m.Get("directeur", page(elle)), "Ancien numéro")
}

// The correction of the identity answers by itself: what had been asked is asked no more.
func TestCorrectionUnblocks(t *testing.T) {
	m := fixture.New(t)
	elle, _ := bloquee(m)
	behind(m, `update eleve set prenom = 'Victoire' where id = $1`, elle.ID)
	if got := etat(m, elle.ID); got != "en_attente" {
		t.Errorf("corrected: %s", got)
	}
	registre(m)
	if got := etat(m, elle.ID); got != "attribue avec numéro" {
		t.Errorf("looked at again: %s", got)
	}
	e, _ := enLitige(m)
	behind(m, `update eleve set prenom2 = 'Rose', sexe = 'M' where id = $1`, e.ID)
	if got := etat(m, e.ID); got != "litige ressemblance" {
		t.Errorf("what the IA has before it: %s", got)
	}
}

// The IA may have typed a number of the series: it is passed over.
func TestSeriesPassesOverNumbersTaken(t *testing.T) {
	m := fixture.New(t)
	elle := m.Present("Lina")
	registre(m)
	behind(m, `select setval('ine_serie', greatest(1, currval('ine_serie') - 1))`)
	ugo := m.Present("Ugo")
	registre(m)
	if a, b := numero(m, elle.ID), numero(m, ugo.ID); b == "" || a == b {
		t.Error("one number for two")
	}
}
