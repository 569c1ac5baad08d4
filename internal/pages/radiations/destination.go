package radiations

import (
	"context"
	"fmt"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// champEcole is where one looks for a school of another commune.
const champEcole = "recherche_ecole"

// trouveesSQL finds schools of the whole nation (migrations/0020_depart.sql).
const trouveesSQL = `select uai, nom, commune from ecoles_trouvees($1)`

// readForm reads the departure typed; its rules are those of internal/domain/scolarite.
func readForm(f *httpx.Form) scolarite.Depart {
	return scolarite.Depart{
		Le: f.DateOrNone("date_radiation"), Motif: f.Text("motif_radiation"),
		DestinationUAI: f.Text("destination_uai"), Destination: f.Limited("destination", 100),
	}
}

// destiner completes the departure with the school looked for, when none was chosen in the list: one that is alone to
// answer is meant.
func destiner(ctx context.Context, tx territoire.Tx, f *httpx.Form, d scolarite.Depart) (scolarite.Depart, error) {
	if d.DestinationUAI != "" || f.Text(champEcole) == "" {
		return d, nil
	}
	list, err := territoire.Lignes[voisine](ctx, tx, trouveesSQL, f.Text(champEcole))
	switch {
	case err != nil:
		return d, fmt.Errorf("radiations: look for the school: %w", err)
	case len(list) == 0:
		f.Refuse(champEcole, "Aucune école ne répond à ces mots\u00a0: écrivez son numéro, ou son nom et sa commune.")
	case len(list) > 1:
		f.Refuse("destination_uai", "Plusieurs écoles répondent\u00a0: choisissez dans cette liste.")
	default:
		d.DestinationUAI = list[0].UAI
	}
	return d, f.Err()
}

// ecoles are those to choose among: of the commune, then those looked for, and the one that was chosen before.
func (d *vue) ecoles() []ui.Option {
	var options []ui.Option
	seen := map[string]bool{}
	add := func(v voisine, groupe string) {
		if !seen[v.UAI] {
			seen[v.UAI] = true
			options = append(options, ui.Option{Value: v.UAI, Label: ecole.NomComplet(v.Nom, v.Commune), Group: groupe})
		}
	}
	for _, v := range d.trouvees {
		add(v, "Recherchées")
	}
	for _, v := range d.voisines {
		add(v, "De la commune")
	}
	if e := d.partants[0]; e.DestinationUAI != "" {
		add(voisine{e.DestinationUAI, e.Destination, ""}, "Enregistrée")
	}
	return options
}

// motifs are the reasons to leave; those who leave together at the end of a cycle have one that depends on their niveau.
func (d *vue) motifs() []ui.Option {
	var options []ui.Option
	if len(d.partants) > 1 {
		options = append(options, ui.Option{Value: scolarite.FinDeCycle, Label: "Fin de cycle\u00a0: GS, autre école\u00a0; CM2, sixième"})
	}
	for _, m := range scolarite.MotifsRadiation {
		options = append(options, ui.Option{Value: m.Code, Label: m.Label})
	}
	return options
}

// propose fills the form as it opens: what was announced; the end of the year for those who leave by decision; or today.
func (d *vue) propose(agent habilitation.Agent) {
	e := d.partants[0]
	set := d.form.Values.Set
	set("date_radiation", date.Court(agent.Aujourdhui()))
	switch {
	case len(d.partants) == 1 && e.annonce():
		set("date_radiation", date.Court(*e.DateRadiation))
		set("motif_radiation", e.Motif)
		set("destination_uai", e.DestinationUAI)
		if e.DestinationUAI == "" {
			set("destination", e.Destination)
		}
	case d.quittants():
		if fin := e.Annee.Fin().AddDate(0, 0, 1); fin.After(agent.Aujourdhui()) {
			set("date_radiation", date.Court(fin))
		}
		set("motif_radiation", scolarite.FinDeCycle)
		if len(d.partants) == 1 {
			set("motif_radiation", scolarite.Depart{Motif: scolarite.FinDeCycle}.Pour(e.Niveau))
		}
	}
}

// quittants tells whether all leave by decision.
func (d *vue) quittants() bool {
	for _, e := range d.partants {
		if !e.Quittant {
			return false
		}
	}
	return true
}
