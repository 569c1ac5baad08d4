package transfert_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// An acceptance that has led elsewhere is not taken back behind the back of those whom it led there: each reason is a
// sentence, and once it is gone the undo goes through. The control: nothing came of it.
func TestAnnulerCeQuiASuivi(t *testing.T) {
	const liberer = `
		insert into liberation (id, eleve_id, scolarite_id, inscription_id, ecole_uai, demandeur_uai, depart, motif_radiation, demandee_le, echeance,
			etat, nom_famille, nom_usage, prenom, sexe, date_naissance)
		select gen_random_uuid(), l.eleve_id, l.scolarite_id, l.inscription_id, l.ecole_uai, l.vers_uai, '2026-11-16', 'demenagement', '2026-11-18',
			'2026-11-23', 'ouverte', 'Abadie', '', 'Lina', 'F', '2018-01-01' from transfert_eleve l`
	const inscrire = `
		insert into inscription (id, eleve_id, annee, commune_insee, ecole_uai, etat, niveau, date_demande, date_inscription, saisie_par)
		select gen_random_uuid(), eleve_id, 2027, '65440', '0659001F', 'inscrit', 'CE2', '2026-11-20', '2026-11-20', 'mairie' from transfert_eleve`
	for _, tt := range []struct {
		name, before, since, refuse, remede string
	}{
		{name: "rien n’a suivi"},
		{name: "une libération demandée", since: liberer, refuse: "La libération d’un de ces élèves a été demandée",
			remede: `update scolarite set etat = 'annulee', motif_annulation = 'famille_renonce', version = version + 1 where annee = 2027`},
		{name: "la mairie l’a de nouveau inscrit", since: inscrire,
			before: strings.NewReplacer("65440", "65286", "0659001F", "0659002G").Replace(inscrire),
			refuse: "Un de ces élèves est de nouveau inscrit", remede: `update inscription set etat = 'annulee', motif_annulation = 'famille_renonce'
				where annee = 2027 and etat = 'inscrit'`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := essai{Monde: fixture.New(t)}
			scol := x.Present("Lina").Scolarite
			x.exec(`insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
				select id, ecole_uai, annee, 'decide', 'passage', 'CE2', true, '2026-11-20' from scolarite`)
			var id uuid.UUID
			x.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				made, err := transfert.Proposer(ctx, tx, a, 2026, map[string][]uuid.UUID{fixture.Voisine: {scol}})
				if err == nil {
					id = made[0]
				}
				return err
			})
			x.exec(tt.before)
			x.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				return transfert.Accepter(ctx, tx, a, id, 0, []uuid.UUID{scol})
			})
			x.exec(tt.since)
			if said := x.annuler(id); !strings.HasPrefix(said, tt.refuse) || (said == "") != (tt.refuse == "") {
				t.Errorf("said %q, want %q", said, tt.refuse)
			}
			if tt.refuse != "" {
				x.exec(tt.remede)
				if said := x.annuler(id); said != "" {
					t.Errorf("then %q", said)
				}
			}
		})
	}
}

// annuler says what the receiving school is told, "" when it is done.
func (x essai) annuler(id uuid.UUID) string {
	x.Helper()
	a := x.Agent("directeur voisin")
	err := x.DB.Ecrire(x.Context(), a.Portee(), func(tx territoire.Tx) error {
		_, err := transfert.Annuler(x.Context(), tx, a, id, 0)
		return err
	})
	if list := refusal.All(err); len(list) == 1 {
		return list[0].Motif
	}
	if err != nil {
		x.Errorf("a raw error: %v", err)
	}
	return ""
}
