package passage_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/passage"
)

func present(n ecole.Niveau, t ecole.Type) passage.Situation {
	return passage.Situation{Present: true, Niveau: n, Type: t, Classe: true, INE: true}
}

func TestUsuel(t *testing.T) {
	for _, tt := range []struct {
		niveau   ecole.Niveau
		typ      ecole.Type
		libelle  string
		quittant bool
	}{
		{ecole.PS, ecole.Maternelle, "Passage en MS", false},
		{ecole.GS, ecole.Maternelle, "Passage en CP", true},
		{ecole.GS, ecole.Primaire, "Passage en CP", false},
		{ecole.CM1, ecole.Elementaire, "Passage en CM2", false},
		{ecole.CM2, ecole.Elementaire, "Passage en sixième", true},
	} {
		c := present(tt.niveau, tt.typ).Usuel()
		if c.Libelle() != tt.libelle || c.Quittant != tt.quittant {
			t.Errorf("%s in %s: %s, leaves %v; want %s, %v", tt.niveau, tt.typ, c.Libelle(), c.Quittant, tt.libelle, tt.quittant)
		}
	}
}

func TestChoisir(t *testing.T) {
	deja := present(ecole.CE2, ecole.Elementaire)
	deja.Deja = 1
	absent := present(ecole.CE1, ecole.Elementaire)
	absent.Present = false
	for name, tt := range map[string]struct {
		s     passage.Situation
		c     passage.Choix
		want  string // the choice as it is said
		refus string
	}{
		"maintien in CP":                {present(ecole.CP, ecole.Elementaire), passage.Choix{Decision: passage.Maintien}, "Maintien en CP", ""},
		"maintien in maternelle":        {present(ecole.GS, ecole.Maternelle), passage.Choix{Decision: passage.Maintien}, "", "D. 321-6"},
		"two levels at once":            {present(ecole.CP, ecole.Elementaire), passage.Choix{Decision: passage.Anticipe}, "Passage anticipé en CE2", ""},
		"from CM1 to the sixième":       {present(ecole.CM1, ecole.Elementaire), passage.Choix{Decision: passage.Anticipe}, "Passage anticipé", ""},
		"past the sixième":              {present(ecole.CM2, ecole.Elementaire), passage.Choix{Decision: passage.Anticipe}, "", "sauter"},
		"a second maintien is proposed": {deja, passage.Choix{Decision: passage.Maintien}, "Maintien en CE2", ""},
		"sixième from CE1":              {present(ecole.CE1, ecole.Elementaire), passage.Choix{Decision: passage.Sixieme}, "", "CM2"},
		"passage from CM2":              {present(ecole.CM2, ecole.Elementaire), passage.Choix{Decision: passage.Suivant}, "", "sixième"},
		"SEGPA from CM1":                {present(ecole.CM1, ecole.Elementaire), passage.Choix{Decision: passage.SEGPA}, "", "fin du CM2"},
		"ULIS without a level":          {present(ecole.CE1, ecole.Elementaire), passage.Choix{Decision: passage.ULIS}, "", "niveau"},
		"ULIS":                          {present(ecole.CE1, ecole.Elementaire), passage.Choix{Decision: passage.ULIS, Niveau: ecole.CE2}, "ULIS en CE2", ""},
		"nothing":                       {present(ecole.CE1, ecole.Elementaire), passage.Choix{}, "", "Choisissez"},
		"one who is not here":           {absent, passage.Choix{Decision: passage.Suivant}, "", "présent"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := tt.s.Choisir(tt.c)
			if tt.refus != "" {
				if err == nil || !strings.Contains(err.Error(), tt.refus) {
					t.Errorf("got %v, want a refusal with %q", err, tt.refus)
				}
				return
			}
			if err != nil || c.Libelle() != tt.want {
				t.Errorf("got %q, %v, want %q", c.Libelle(), err, tt.want)
			}
		})
	}
}

func le(jour int) time.Time { return time.Date(2027, time.March, jour, 0, 0, 0, 0, time.UTC) }

// procedure is a passage on which steps are tried, day by day.
type procedure struct {
	t *testing.T
	p passage.Passage
}

func (x *procedure) fait(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
	x.p.Version++
}

func (x *procedure) refuse(err error, motif string) {
	x.t.Helper()
	if err == nil || !strings.Contains(err.Error(), motif) {
		x.t.Errorf("got %v, want a refusal with %q", err, motif)
	}
}

func TestProcedure(t *testing.T) {
	s := present(ecole.CE1, ecole.Elementaire)
	passe, maintien := s.Usuel(), passage.Choix{Decision: passage.Maintien, Niveau: ecole.CE1}

	t.Run("silence is agreement after fifteen days", func(t *testing.T) {
		x := procedure{t: t}
		x.refuse(x.p.Notifier(le(2), le(2)), "Rien n’est encore proposé")
		x.fait(x.p.Proposer(passe, le(1)))
		x.refuse(x.p.Decider(passe, le(2), le(2)), "Notifiez")
		x.refuse(x.p.Notifier(le(3), le(2)), "avenir")
		x.fait(x.p.Notifier(le(2), le(2)))
		x.refuse(x.p.Proposer(maintien, le(3)), "déjà notifiée")
		x.refuse(x.p.Decider(passe, le(17), le(17)), "17\u00a0mars\u00a02027")
		x.fait(x.p.Decider(passe, le(18), le(18)))
	})
	t.Run("a family that disagrees appeals in time", func(t *testing.T) {
		x := procedure{t: t}
		x.fait(x.p.Proposer(maintien, le(1)))
		x.fait(x.p.Notifier(le(1), le(1)))
		x.fait(x.p.Repondre(false, le(4), le(4)))
		if x.p.Etat != passage.Conteste {
			t.Errorf("state %s, want conteste", x.p.Etat)
		}
		x.fait(x.p.Decider(maintien, le(5), le(5)))
		x.refuse(x.p.Contester(le(21), le(21)), "délai de recours")
		x.fait(x.p.Contester(le(20), le(20)))
		x.fait(x.p.Confirmer(passe, le(28), le(28), passage.ParLEcole))
		if x.p.Decision != passage.Suivant {
			t.Errorf("the commission decided %s", x.p.Decision)
		}
	})
	t.Run("the delay of the appeal runs from the notification of the decision", func(t *testing.T) {
		x := procedure{t: t}
		x.fait(x.p.Proposer(maintien, le(1)))
		x.refuse(x.p.NotifierDecision(le(1), le(1)), "Seule une décision")
		x.fait(x.p.Notifier(le(1), le(1)))
		x.fait(x.p.Repondre(true, le(4), le(4)))
		x.fait(x.p.Decider(maintien, le(5), le(5)))
		x.refuse(x.p.NotifierDecision(le(4), le(8)), "précède la décision")
		x.fait(x.p.NotifierDecision(le(8), le(8)))
		x.refuse(x.p.NotifierDecision(le(9), le(9)), "déjà notifiée")
		x.refuse(x.p.Contester(le(24), le(24)), "23\u00a0mars\u00a02027")
		x.fait(x.p.Contester(le(23), le(23)))
	})
}

// Each step is undone by going back, in the order in which they were done, and nothing is left of the first.
func TestRevenir(t *testing.T) {
	s := present(ecole.CE1, ecole.Elementaire)
	maintien := passage.Choix{Decision: passage.Maintien, Niveau: ecole.CE1}
	x := procedure{t: t}
	var before []passage.Passage
	for _, step := range []func() error{
		func() error { return x.p.Proposer(s.Usuel(), le(1)) },
		func() error { return x.p.Notifier(le(1), le(1)) },
		func() error { return x.p.Repondre(false, le(4), le(4)) },
		func() error { return x.p.Decider(maintien, le(5), le(5)) },
		func() error { return x.p.NotifierDecision(le(5), le(5)) },
		func() error { return x.p.Contester(le(6), le(6)) },
		func() error { return x.p.Confirmer(s.Usuel(), le(7), le(7), passage.ParLEcole) },
	} {
		before = append(before, x.p)
		x.fait(step())
	}
	for i := len(before) - 1; i >= 0; i-- {
		effacer, err := x.p.Revenir()
		if err != nil {
			t.Fatal(err)
		}
		if effacer != (i == 0) {
			t.Errorf("step %d: nothing left is %v", i, effacer)
		}
		if i > 0 && (x.p.Etat != before[i].Etat || x.p.Choix() != before[i].Choix()) {
			t.Errorf("back from step %d: %s %s, want %s %s", i, x.p.Etat, x.p.Choix().Libelle(), before[i].Etat, before[i].Choix().Libelle())
		}
	}
	x.p.Suivi = true
	if _, err := x.p.Revenir(); err == nil || !strings.Contains(err.Error(), "corrigez") {
		t.Errorf("a decision that has been followed: %v", err)
	}
}

func TestCorriger(t *testing.T) {
	s := present(ecole.CE1, ecole.Elementaire)
	x := procedure{t: t}
	x.fait(x.p.Proposer(s.Usuel(), le(1)))
	x.refuse(x.p.Corriger(s.Usuel(), "erreur"), "une proposition se modifie")
	x.fait(x.p.Notifier(le(1), le(1)))
	x.fait(x.p.Repondre(true, le(2), le(2)))
	x.fait(x.p.Decider(s.Usuel(), le(3), le(3)))
	x.refuse(x.p.Corriger(s.Usuel(), ""), "pourquoi")
	x.fait(x.p.Corriger(passage.Choix{Decision: passage.Maintien, Niveau: ecole.CE1}, "Accord de la famille"))
}

// What the IA recorded of the commission, the school neither takes back nor corrects.
func TestCommissionParLIA(t *testing.T) {
	s := present(ecole.CE1, ecole.Elementaire)
	for par, refus := range map[string]string{passage.ParLIA: "elle seule la modifie", passage.ParLEcole: ""} {
		x := procedure{t: t}
		x.fait(x.p.Proposer(passage.Choix{Decision: passage.Maintien, Niveau: ecole.CE1}, le(1)))
		x.fait(x.p.Notifier(le(1), le(1)))
		x.fait(x.p.Repondre(false, le(4), le(4)))
		x.fait(x.p.Decider(passage.Choix{Decision: passage.Maintien, Niveau: ecole.CE1}, le(5), le(5)))
		x.fait(x.p.Contester(le(6), le(6)))
		x.fait(x.p.Confirmer(s.Usuel(), le(7), le(7), par))
		copie := x.p
		_, revenir := copie.Revenir()
		for _, err := range []error{revenir, x.p.Corriger(s.Usuel(), "erreur")} {
			if (err == nil) != (refus == "") || err != nil && !strings.Contains(err.Error(), refus) {
				t.Errorf("recorded by %s: %v", par, err)
			}
		}
	}
}

func TestAviser(t *testing.T) {
	s := present(ecole.CE1, ecole.Elementaire)
	x := procedure{t: t}
	x.fait(x.p.Proposer(s.Usuel(), le(1)))
	x.refuse(x.p.Aviser(passage.Favorable, le(1)), "maintien ou sur un passage anticipé")
	x.fait(x.p.Proposer(passage.Choix{Decision: passage.Maintien, Niveau: ecole.CE1}, le(1)))
	x.refuse(x.p.Aviser("mitigé", le(1)), "Choisissez un avis")
	x.fait(x.p.Aviser(passage.Defavorable, le(2)))
	x.fait(x.p.Proposer(passage.Choix{Decision: passage.Anticipe, Niveau: ecole.CM1}, le(3)))
	if x.p.Avis != passage.SansAvis {
		t.Error("the opinion on one proposal is kept for another")
	}
	x.fait(x.p.Notifier(le(3), le(3)))
	x.fait(x.p.Repondre(true, le(4), le(4)))
	x.fait(x.p.Decider(passage.Choix{Decision: passage.Anticipe, Niveau: ecole.CM1}, le(5), le(5)))
	x.refuse(x.p.Aviser(passage.Favorable, le(6)), "a déjà décidé")
}
