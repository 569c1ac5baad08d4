package restructuration_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/restructuration"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// A pupil of Ecole whom Lointaine asks for, and one who is offered; one whom Voisine offers to Ecole.
const demandesSQL = `
	insert into liberation (id, eleve_id, scolarite_id, inscription_id, ecole_uai, demandeur_uai, depart, motif_radiation, demandee_le, echeance,
		etat, nom_famille, nom_usage, prenom, sexe, date_naissance)
	select gen_random_uuid(), s.eleve_id, s.id, s.inscription_id, s.ecole_uai, '0329001B', '2026-11-16', 'demenagement', '2026-11-18', '2026-11-23',
		'ouverte', s.nom_famille, '', s.prenom, s.sexe, s.date_naissance
	from scolarite s where s.ecole_uai = '0659001F' and s.prenom = 'Lina';
	with offre as (select s.*, t.vers, gen_random_uuid() as transfert from scolarite s join (values ('0659001F', '0659101P', 'Max'), ('0659001F', '0659002G', 'Noé'),
		('0659002G', '0659001F', 'Zoé')) as t (de, vers, prenom) on t.de = s.ecole_uai and t.prenom = s.prenom),
	transferts as (insert into transfert (id, ecole_uai, vers_uai, commune_insee, annee, propose_le, compte_id)
		select o.transfert, o.ecole_uai, o.vers, e.commune_insee, 2026, '2026-11-01', gen_random_uuid() from offre o join ecole e on e.uai = o.vers)
	insert into transfert_eleve (transfert_id, scolarite_id, eleve_id, ecole_uai, vers_uai, commune_insee, niveau)
	select o.transfert, o.id, o.eleve_id, o.ecole_uai, o.vers, e.commune_insee, 'CE2' from offre o join ecole e on e.uai = o.vers`

// etatSQL reads the requests: whose, between which schools, where they stand, and whether the line is that of the pupil.
const etatSQL = `
	select s.prenom || ' ' || l.ecole_uai || ' ' || l.demandeur_uai || ' ' || l.etat || ' ' || (s.ecole_uai = l.ecole_uai and s.etat = 'admis_definitif')
	from liberation l join scolarite s on s.id = l.scolarite_id
	union all
	select s.prenom || ' ' || t.ecole_uai || ' ' || t.vers_uai || ' ' || o.etat || ' ' || (s.ecole_uai = o.ecole_uai and s.etat = 'admis_definitif'
		and (t.ecole_uai, t.vers_uai) = (o.ecole_uai, o.vers_uai))
	from transfert_eleve o join transfert t on t.id = o.transfert_id join scolarite s on s.id = o.scolarite_id order by 1`

var avant = []string{
	"Lina 0659001F 0329001B ouverte true", "Max 0659001F 0659101P propose true", "Noé 0659001F 0659002G propose true", "Zoé 0659002G 0659001F propose true",
}

// What waits between two schools follows, is closed where nobody is left to answer, and comes back with the undo.
func TestLesDemandesSuivent(t *testing.T) {
	fusion := restructuration.Demande{Genre: restructuration.Fusion, Le: fixture.Aujourdhui, Ecoles: []string{fixture.Ecole, fixture.Meme}, Cible: fixture.Meme}
	apres := []string{
		"Lina 0659101P 0329001B ouverte true", "Max 0659001F 0659101P ecoles_reunies false", "Noé 0659101P 0659002G propose true", "Zoé 0659002G 0659101P propose true",
	}
	for _, tt := range []struct {
		name, sql  string
		demande    restructuration.Demande
		apres      []string
		suit, clos int    // as the preview counts them
		since      string // what somebody does before the undo
		rendu      []string
	}{
		{name: "une fusion", demande: fusion, apres: apres, suit: 3, clos: 1, rendu: avant},
		{name: "une réponse depuis reste", demande: fusion, apres: apres, suit: 3, clos: 1,
			since: `update liberation set etat = 'refusee', motif_refus = 'present', repondue_le = '2026-11-20'`,
			rendu: []string{"Lina 0659101P 0329001B refusee true", avant[1], avant[2], avant[3]}},
		{name: "une école vide ferme", sql: `delete from liberation; delete from affectation where ecole_uai = '0659101P';
			delete from scolarite where ecole_uai = '0659101P'; update inscription set etat = 'annulee', motif_annulation = 'famille_renonce' where ecole_uai = '0659101P'`,
			demande: restructuration.Demande{Genre: restructuration.Fermeture, Le: fixture.Aujourdhui, Ecoles: []string{fixture.Meme}},
			apres:   []string{"Max 0659001F 0659101P ecole_fermee true", avant[2], avant[3]}, clos: 1, rendu: avant[1:]},
		// The control: without the rule, they stay with a school that is closed, and the request of Lointaine is nobody's.
		{name: "sans la règle", sql: `create or replace function suivre_demandes(p_id uuid, p_jour date) returns void language sql as ''`,
			demande: fusion, suit: 3, clos: 1, rendu: avant,
			apres: []string{"Lina 0659001F 0329001B ouverte false", "Max 0659001F 0659101P propose false", "Noé 0659001F 0659002G propose false", avant[3]}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := nouvelEssai(t)
			x.exec(demandesSQL)
			x.exec(tt.sql)
			var id uuid.UUID
			x.doit(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
				id, err = restructuration.Annoncer(ctx, tx, a, tt.demande)
				return err
			})
			x.doit(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				var suit, clos int
				err := tx.QueryRow(ctx, `select count(*) filter (where etat = ''), count(*) filter (where etat <> '') from demandes_restructuration($1, $2)`,
					id, a.Aujourdhui()).Scan(&suit, &clos)
				if suit != tt.suit || clos != tt.clos {
					t.Errorf("the preview counts %d and %d, want %d and %d", suit, clos, tt.suit, tt.clos)
				}
				return err
			})
			x.doit(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				_, err := restructuration.Executer(ctx, tx, a, id, 0)
				return err
			})
			x.lit("done", tt.apres)
			if tt.since != "" {
				x.exec(tt.since)
			}
			x.doit(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				_, err := restructuration.Annuler(ctx, tx, a, id, 0)
				return err
			})
			x.lit("undone", tt.rendu)
		})
	}
}

func (x essai) doit(act func(context.Context, territoire.Tx, habilitation.Agent) error) {
	x.Helper()
	if err := x.agir(act); err != nil {
		x.Fatal(err, refusal.All(err))
	}
}

func (x essai) lit(when string, want []string) {
	x.Helper()
	rows, err := x.Tx.Query(x.Context(), etatSQL)
	if err != nil {
		x.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || !slices.Equal(got, want) {
		x.Errorf("%s, %v\n%q\nwant\n%q", when, err, got, want)
	}
}
