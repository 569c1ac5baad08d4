package app_test

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/alerte"
	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/fusion"
	"base-eleves/internal/domain/groupe"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/proposition"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/domain/restructuration"
	domain "base-eleves/internal/domain/sixieme"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// contact gives the pupil somebody to call.
func contact(m *fixture.Monde, directeur string, eleve uuid.UUID) (id string) {
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		c := dossier.Contact{NomFamille: "Voisine", TelPortable: "06 00 00 00 09", Urgence: true}
		if err := dossier.AjouterContact(ctx, tx, a, eleve, c); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select id from personne_autorisee where eleve_id = $1`, eleve).Scan(&id)
	})
	return id
}

// deleguer has the directeur of the place let one of the IA act for his school, on a day of its own: a place may be settled
// twice.
func deleguer(m *fixture.Monde, p place) (id string) {
	m.Helper()
	identifiant := cleDe(m, p.ia)
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		var before int
		if err := tx.QueryRow(ctx, `select count(*) from delegations_de_la_portee()`).Scan(&before); err != nil {
			return err
		}
		day := a.Aujourdhui().AddDate(0, 0, before)
		given, err := mandat.Deleguer(ctx, tx, a, mandat.Delegation{
			Identifiant: identifiant, Ecole: p.uai, Niveau: habilitation.Consultation, Debut: day, Fin: day,
		})
		id = given.String()
		return err
	})
	return id
}

// cleDe gives an agent a key, unless he has one, and returns his identifier.
func cleDe(m *fixture.Monde, agent string) (identifiant string) {
	m.Helper()
	ctx, id := context.Background(), m.Agent(agent).Compte
	err := m.DB.Connexion(ctx, func(tx territoire.Tx) error {
		if _, err := tx.Exec(ctx, `insert into cle (id, compte_id, numero_serie, secret_chiffre) values ($1, $1, $1::uuid::text, '\x00')
			on conflict do nothing`, id); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select identifiant from compte where id = $1`, id).Scan(&identifiant)
	})
	if err != nil {
		m.Fatal(err)
	}
	return identifiant
}

// garderListe has an agent keep a list, shared where he may; none for who reads no pupil.
func garderListe(m *fixture.Monde, agent string) (id string) {
	m.Helper()
	if !m.Agent(agent).Can(habilitation.FaireListes) {
		return fixture.Inconnu.String()
	}
	m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		d := liste.Definition{Grain: liste.Eleves, Colonnes: liste.Usuelles(liste.Eleves)}
		kept, err := liste.Garder(ctx, tx, a, liste.Gardee{Nom: "Ma liste", Partagee: liste.Partageable(a.Role)}, d)
		id = kept.String()
		return err
	})
	return id
}

// demanderFichier has an agent ask for a file that the server makes beside the pages: the service, for the IA's.
func demanderFichier(m *fixture.Monde, agent string) (id string) {
	m.Helper()
	if m.Agent(agent).Role == habilitation.Service {
		agent = "ia"
	}
	if !m.Agent(agent).Can(habilitation.Extraire) {
		return fixture.Inconnu.String()
	}
	m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		asked, err := travail.Demander(ctx, tx, a, travail.Demande{Nature: travail.Extraction, Requete: "groupes=identite", Titre: "Extraction", Total: 1})
		id = asked.String()
		return err
	})
	return id
}

// garderLettre has a directeur keep a letter about a pupil.
func garderLettre(m *fixture.Monde, directeur string) (id string) {
	m.Helper()
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		ready, _ := lettre.PreteDe("rendez-vous")
		kept, err := lettre.Garder(ctx, tx, a, ready.Modele)
		id = kept.String()
		return err
	})
	return id
}

// commune is where the school of the place is.
func commune(m *fixture.Monde, p place) (insee string) {
	m.Helper()
	err := m.DB.Lire(context.Background(), m.Agent(p.directeur).Portee(), func(l *territoire.Lecture) {
		territoire.Valeur(l, &insee, `select commune_insee from ecole where uai = $1`, p.uai)
	})
	if err != nil {
		m.Fatal(err)
	}
	return insee
}

// fusionner has a directeur make one file of two.
func fusionner(m *fixture.Monde, p place) string {
	twin := func(prenom string) uuid.UUID {
		return m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, prenom)).ID
	}
	c := fusion.Choix{Garde: twin("Rose"), Absorbe: twin("Rosa")}
	var id uuid.UUID
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = fusion.Fusionner(ctx, tx, a, c)
		return err
	})
	return id.String()
}

// rattacher has a directeur note a child who is taught by the CNED.
func rattacher(m *fixture.Monde, p place) string {
	m.Helper()
	e := m.Inscrire(p.mairie, p.uai, "Nora")
	var id uuid.UUID
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = rattachement.Attacher(ctx, tx, a, e.ID, rattachement.Periode{Modalite: rattachement.CNED, Debut: fixture.Rentree})
		return err
	})
	return id.String()
}

// grouper has a directeur make a group of one pupil.
func grouper(m *fixture.Monde, p place, e fixture.Enfant) string {
	m.Helper()
	var id uuid.UUID
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if id, err = groupe.Creer(ctx, tx, a, 2026, groupe.Groupe{Libelle: "Chorale " + e.ID.String(), Nature: groupe.Arts}); err != nil {
			return err
		}
		_, err = groupe.Ajouter(ctx, tx, a, id, []uuid.UUID{e.Scolarite})
		return err
	})
	return id.String()
}

// beneficier has a directeur note that a pupil benefits from an UPE2A.
func beneficier(m *fixture.Monde, p place, e fixture.Enfant) (id string) {
	m.Helper()
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if err := dispositif.Commencer(ctx, tx, a, e.Scolarite, dispositif.UPE2A, dispositif.Periode{Debut: fixture.Rentree}); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select id::text from beneficiaire where eleve_id = $1`, e.ID).Scan(&id)
	})
	return id
}

// proposer has a mairie propose another first name, and returns what it proposed.
func proposer(m *fixture.Monde, mairie string, e fixture.Enfant) string {
	m.Helper()
	var lot uuid.UUID
	m.Ecrire(mairie, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		i := fixture.Lina("Line").Identite
		lot, err = proposition.ProposerIdentite(ctx, tx, a, e.ID, i)
		return err
	})
	return lot.String()
}

// sixieme are the identifiers of the entry to the collège: the collège, its token, an act of the IA, a file it sent.
type sixieme struct{ college, jeton, lot, fichier string }

// affecter has the IA of the place assign a pupil to its collège in an open season, give the collège a token, send a file.
func affecter(m *fixture.Monde, p place) (s sixieme) {
	m.Helper()
	e := m.PasserEnCM2(p.directeur, m.Admettre(p.directeur, m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, "Eva"))))
	m.Affecter6e(p.ia, p.college, e)
	m.OuvrirSaison(p.ia)
	m.Ecrire(p.ia, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		jeton, err := domain.Creer(ctx, tx, a, p.college, domain.NouveauJeton(), 30)
		if err != nil {
			return err
		}
		fichier, err := domain.Deposer(ctx, tx, a, fixture.Rentree6e, "affectations.csv", []byte("ine;uai_college\n990000001EB;"+p.college+"\n"))
		if err != nil {
			return err
		}
		s = sixieme{college: p.college, jeton: jeton.String(), fichier: fichier.String()}
		return tx.QueryRow(ctx, `select lot_id from affectation_6e where eleve_id = $1`, e.ID).Scan(&s.lot)
	})
	return s
}

func responsable(m *fixture.Monde, directeur string, eleve uuid.UUID) (id string) {
	err := m.DB.Lire(context.Background(), m.Agent(directeur).Portee(), func(l *territoire.Lecture) {
		territoire.Valeur(l, &id, `select responsable_id::text from lien_responsable where eleve_id = $1`, eleve)
	})
	if err != nil {
		m.Fatal(err)
	}
	return id
}

// transferer has the school of another place offer a pupil to this one.
func transferer(m *fixture.Monde, p place) string {
	m.Helper()
	from := cote
	if p == cote {
		from = meme
	}
	e := m.Admettre(from.directeur, m.Accepter(from.directeur, m.Inscrire(from.mairie, from.uai, "Rose")))
	var ids []uuid.UUID
	m.Ecrire(from.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if err := decider(ctx, tx, a, e, passage.Demande{Choix: passage.Choix{Decision: passage.Suivant, Quittant: true}, Le: a.Aujourdhui()}); err != nil {
			return err
		}
		ids, err = transfert.Proposer(ctx, tx, a, 2026, map[string][]uuid.UUID{p.uai: {e.Scolarite}})
		return err
	})
	return ids[0].String()
}

// decider takes a pupil through the whole procedure of passage.
func decider(ctx context.Context, tx territoire.Tx, a habilitation.Agent, e fixture.Enfant, d passage.Demande) error {
	for _, d.Etape = range []passage.Etape{passage.EtapeProposer, passage.EtapeNotifier, passage.EtapeAccord, passage.EtapeDecider} {
		if err := passage.Faire(ctx, tx, a, e.Scolarite, 0, d); err != nil {
			return err
		}
	}
	return nil
}

// decision is the closing of the school, which the IA announces once.
func decision(m *fixture.Monde, p place) (id string) {
	m.Helper()
	ia := "ia"
	if p == loin {
		ia = "ia voisine"
	}
	m.Ecrire(ia, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		err := tx.QueryRow(ctx, `select coalesce(max(restructuration_id::text), '') from restructuration_ecole where ecole_uai = $1`, p.uai).Scan(&id)
		if err != nil || id != "" {
			return err
		}
		d, err := restructuration.Annoncer(ctx, tx, a, restructuration.Demande{Genre: restructuration.Fermeture, Le: a.Aujourdhui(), Ecoles: []string{p.uai}})
		id = d.String()
		return err
	})
	return id
}

// alerter has an account of the place take out more files than is usual.
func alerter(m *fixture.Monde, p place) (id string) {
	m.Helper()
	m.Ecrire(p.directeur, func(_ context.Context, tx territoire.Tx, a habilitation.Agent) error {
		for range alerte.RegleDe(alerte.Export).Seuil {
			tx.Queue(`select set_config('be.requete', $1, true)`, uuid.NewString())
			journal.Record(tx, a, journal.Ligne{Acte: journal.Exporter, Objet: "scolarite", Ecole: p.uai})
		}
		return nil
	})
	if _, err := alerte.Relever(context.Background(), m.DB, m.Heure); err != nil {
		m.Fatal(err)
	}
	err := m.DB.Lire(context.Background(), m.Agent(p.ia).Portee(), func(l *territoire.Lecture) {
		territoire.Valeur(l, &id, `select id::text from alerte where compte_id = $1`, m.Agent(p.directeur).Compte)
	})
	if err != nil {
		m.Fatal(err)
	}
	return id
}
