package opposition_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/opposition"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

func le(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }

// essayer does an act as the directeur and returns why it was refused.
func essayer(m *fixture.Monde, act func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error) string {
	ctx, a := context.Background(), m.Agent("directeur")
	if err := m.DB.Ecrire(ctx, a.Portee(), func(tx territoire.Tx) error { return act(ctx, tx, a) }); err != nil {
		return err.Error()
	}
	return ""
}

// mere is the responsable of the child.
func mere(m *fixture.Monde, e fixture.Enfant) uuid.UUID {
	return fixture.Valeur[uuid.UUID](m, `select responsable_id from lien_responsable where eleve_id = $1`, e.ID)
}

func says(t *testing.T, got, want string) {
	t.Helper()
	if (want == "") != (got == "") || !strings.Contains(got, want) {
		t.Errorf("said %q, want %q", got, want)
	}
}

func TestEnregistrer(t *testing.T) {
	m := fixture.New(t)
	e, autre := m.Present("Lina"), m.PresentAilleurs("Noé")
	for _, tt := range []struct {
		name   string
		eleve  uuid.UUID
		qui    uuid.UUID
		recue  time.Time
		refuse string
	}{
		{"sans dire qui", e.ID, uuid.Nil, le(11, 12), "Choisissez qui s’oppose"},
		{"le parent d’un autre", e.ID, mere(m, autre), le(11, 12), "Choisissez qui s’oppose"},
		{"sans date", e.ID, mere(m, e), time.Time{}, "Indiquez le jour"},
		{"demain", e.ID, mere(m, e), le(11, 21), "dans l’avenir"},
		{"un élève d’ailleurs", autre.ID, mere(m, autre), le(11, 12), "ne relève pas de votre territoire"},
		{"sa mère", e.ID, mere(m, e), le(11, 12), ""},
		{"une seconde fois", e.ID, mere(m, e), le(11, 12), "déjà enregistrée"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			says(t, essayer(m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				return opposition.Enregistrer(ctx, tx, a, tt.eleve, tt.qui, tt.recue)
			}), tt.refuse)
		})
	}
}

func TestLever(t *testing.T) {
	for _, tt := range []struct {
		name   string
		levee  opposition.Levee
		refuse string
	}{
		{"par décision du juge", opposition.Levee{Le: le(11, 18), Motif: "decision_du_juge", Reference: "RG 26/00123"}, ""},
		{"sans motif", opposition.Levee{Le: le(11, 18), Reference: "RG 26/00123"}, "Choisissez pourquoi"},
		{"un motif inventé", opposition.Levee{Le: le(11, 18), Motif: "lassitude", Reference: "RG 26/00123"}, "Choisissez pourquoi"},
		{"sans référence", opposition.Levee{Le: le(11, 18), Motif: "decision_du_juge"}, "Indiquez la référence"},
		{"avant l’opposition", opposition.Levee{Le: le(11, 11), Motif: "decision_du_juge", Reference: "RG"}, "précède l’opposition"},
		{"demain", opposition.Levee{Le: le(11, 21), Motif: "decision_du_juge", Reference: "RG"}, "dans l’avenir"},
		{"sans date", opposition.Levee{Motif: "decision_du_juge", Reference: "RG"}, "Indiquez la date"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := opposition.Opposition{RecueLe: le(11, 12)}
			got := ""
			if err := o.Lever(tt.levee, le(11, 20)); err != nil {
				got = err.Error()
			}
			says(t, got, tt.refuse)
			if lifted := o.LeveeLe != nil; lifted != (tt.refuse == "") {
				t.Errorf("lifted: %v", lifted)
			}
		})
	}
}

// An opposition stops the radiation from the day it is recorded to the day it is lifted; not before, not after.
func TestOppositionStopsTheRadiation(t *testing.T) {
	m := fixture.New(t)
	e, frere := m.Present("Lina"), m.Present("Ugo")
	radier := func(scolariteID uuid.UUID) string {
		return essayer(m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.Radier(ctx, tx, a, scolariteID, 0, scolarite.Depart{Le: le(11, 20), Motif: "demenagement"})
		})
	}
	retablir := func() string {
		return essayer(m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.Retablir(ctx, tx, a, e.Scolarite, 0)
		})
	}
	says(t, radier(e.Scolarite), "") // control
	says(t, retablir(), "")
	says(t, essayer(m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return opposition.Enregistrer(ctx, tx, a, e.ID, mere(m, e), le(11, 12))
	}), "")
	says(t, radier(e.Scolarite), "Un parent s’oppose à la radiation depuis le 12/11/2026")
	says(t, radier(frere.Scolarite), "") // it is about one child
	says(t, essayer(m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return opposition.Lever(ctx, tx, a, e.ID, 0, opposition.Levee{Le: le(11, 18), Motif: "accord_des_parents", Reference: "accord du 18/11/2026"})
	}), "")
	says(t, essayer(m, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return opposition.Lever(ctx, tx, a, e.ID, 0, opposition.Levee{Le: le(11, 18), Motif: "accord_des_parents", Reference: "bis"})
	}), "déjà levée")
	says(t, radier(e.Scolarite), "")
}
