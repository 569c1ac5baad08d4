package admissions

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// acte is what the directeur decides of an arrival: the end of the address it is posted to, and the value of the field
// "acte" where a page offers several.
type acte string

const (
	accepter    acte = "accepter"
	reporter    acte = "admissibilite"
	admettre    acte = "admettre"
	retirer     acte = "retirer"
	abandonner  acte = "abandonner"
	aucun       acte = ""
	motInconnue      = "Choisissez ce que vous décidez."
)

var actes = []acte{accepter, reporter, admettre, retirer, abandonner}

// decision is an act and what it needs; the rules are those of internal/domain/scolarite.
type decision struct {
	acte      acte
	niveau    ecole.Niveau
	effet     time.Time
	admission time.Time
	motif     string
}

// readDecision reads the act of the address, or the one of the form, and its fields.
func readDecision(f *httpx.Form, a acte) decision {
	if a == aucun {
		a = acte(f.Text("acte"))
	}
	if !slices.Contains(actes, a) {
		f.Refuse("", motInconnue)
	}
	d := decision{acte: a, niveau: ecole.Niveau(f.Text("niveau")), motif: f.Text("motif_annulation")}
	switch a {
	case accepter:
		d.effet = f.DateOrNone("date_effet")
	case admettre:
		d.admission = f.DateOrNone("date_admission")
	}
	return d
}

// faire does the act to one arrival. version is 0 in an act on many.
func (d decision) faire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, version int) error {
	switch d.acte {
	case accepter:
		return scolarite.Accepter(ctx, tx, agent, id, version, d.niveau, d.effet)
	case reporter:
		return scolarite.Reporter(ctx, tx, agent, id, version)
	case admettre:
		return scolarite.Admettre(ctx, tx, agent, id, version, d.admission)
	case retirer:
		return scolarite.Retirer(ctx, tx, agent, id, version)
	case abandonner:
		return scolarite.Abandonner(ctx, tx, agent, id, version, d.motif)
	}
	return refusal.Of("", motInconnue)
}

// dits says what was done: to one child on his page, to one or several in the list.
var dits = map[acte]struct{ seul, un, plusieurs string }{
	accepter:   {"L’admission est acceptée.", "admission acceptée", "admissions acceptées"},
	reporter:   {"L’enfant est mis en admissibilité.", "enfant mis en admissibilité", "enfants mis en admissibilité"},
	admettre:   {"L’élève est admis définitivement\u00a0; son INE est demandé.", "élève admis définitivement", "élèves admis définitivement"},
	retirer:    {"L’enfant est de nouveau inscrit, sans réponse de l’école.", "enfant de nouveau inscrit", "enfants de nouveau inscrits"},
	abandonner: {"C’est noté\u00a0: l’enfant ne viendra pas.", "enfant ne viendra pas", "enfants ne viendront pas"},
}

func path(id uuid.UUID) string { return "/admissions/" + id.String() }

func niveauOptions(t ecole.Type) []ui.Option {
	var options []ui.Option
	for _, n := range t.Niveaux() {
		options = append(options, ui.Option{Value: string(n), Label: string(n)})
	}
	return options
}

func motifOptions() []ui.Option {
	var options []ui.Option
	for _, m := range inscription.MotifsAnnulation {
		options = append(options, ui.Option{Value: m.Code, Label: m.Label})
	}
	return options
}
