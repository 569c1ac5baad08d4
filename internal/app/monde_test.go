package app_test

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/rentree"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// place is where an agent of the walk looks: his own school, the nearest one that is not his, and those who act there.
type place struct {
	uai, mairie, directeur, classe string
	ia, college, service           string
}

var (
	chez  = place{fixture.Ecole, "mairie", "directeur", fixture.CE1.String(), "ia", fixture.College, "service"}
	meme  = place{fixture.Meme, "mairie", "directeur du même", fixture.CE1Meme.String(), "ia", fixture.College, "service"}
	cote  = place{fixture.Voisine, "mairie voisine", "directeur voisin", fixture.CE1Loin.String(), "ia", fixture.CollegeVoisin, "service"}
	loin  = place{fixture.Lointaine, "mairie lointaine", "directeur lointain", fixture.CE1Gers.String(), "ia voisine", fixture.CollegeDuGers, "service voisin"}
	walks = []struct {
		agent     string
		role      habilitation.Role
		neighbour place
	}{
		{"mairie", habilitation.Mairie, cote},
		{"directeur", habilitation.Directeur, meme},
		{"ien", habilitation.IEN, cote},
		{"ia", habilitation.IA, loin},
		{"service", habilitation.Service, loin},
		{"college", habilitation.College, loin},
		{"statistique", habilitation.Statistique, loin},
	}
)

// objects are the identifiers of one place that routes may name.
type objects struct {
	depart            string // of several pupils at once
	registre          string // the stay of the one who is there
	sansEcole, suivi  string // a child who has left for nowhere, and what was noted about him
	liberation, envoi string // a request that the school has received, and one that it has sent

	rentree, insee                                                            string
	eleve, arrivee, inscription, scolarite, responsable, contact, classe, uai string

	autre string // responsable of another child

	nouveau string // the child only inscrit

	transfert string // pupils whom another school offers to this one
	decision  string // of the IA on the school
	fusion    string // two files made one

	depot, operation string // a file sent to be taken over, one that was
	proposition      string // what the mairie proposes about the one who is there
	rattachement     string // a child taught elsewhere
	composition      composition
	groupe, benefice string // of the one who is there
	liste            string // kept by the one who acts at the place
	acces            string // a passkey of the one who acts there
	lettre           string // of the school
	travail          string // a file that the server makes beside the pages
	alerte           string // about the account of its directeur

	cles                                    // of the département
	depotComptes                     string // a file of people sent by the service
	formation                        string // to come, one called
	compte, habilitation, delegation string // of its directeur, and what he gave to a colleague

	scrutin // the election of the parents

	sixieme // the entry to the collège
}

// settle puts at a place a pupil who is there, one accepted, one only inscrit. They live where their school is: a mairie
// reads the children of its commune wherever they go to school.
func settle(m *fixture.Monde, p place) objects {
	o := arrive(m, p)
	if _, err := m.Tx.Exec(context.Background(), `update adresse a set commune_insee = e.mairie_insee from eleve e
		where e.adresse_id = a.id and e.ecole_uai = $1`, p.uai); err != nil {
		m.Fatal(err)
	}
	return o
}

// arrive is settle where all may go on living in Tarbes.
func arrive(m *fixture.Monde, p place) objects {
	there := m.Admettre(p.directeur, m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, "Lina")))
	envisager(m, p.directeur, there)
	arriving := m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, "Zoé"))
	inscrit := m.Inscrire(p.mairie, p.uai, "Ugo")
	recue, envoi := liberer(m, p)
	perdu, suivi := perdre(m, p)
	return objects{
		liberation: recue, envoi: envoi, registre: sejour(m, p, there.ID), sansEcole: perdu, suivi: suivi,
		depart:      partir(m, p),
		composition: composer(m, p, there, arriving),
		fusion:      fusionner(m, p),
		depot:       depot(m, p.directeur), operation: operation(m, p.directeur),
		eleve: there.ID.String(), arrivee: arriving.Inscription.String(), inscription: inscrit.Inscription.String(),
		sixieme:   affecter(m, p),
		scolarite: there.Scolarite.String(), classe: p.classe, uai: p.uai, responsable: responsable(m, p.directeur, there.ID),
		insee:     commune(m, p),
		transfert: transferer(m, p), decision: decision(m, p),
		rentree: preparer(m, p), autre: responsable(m, p.directeur, inscrit.ID),
		nouveau: inscrit.ID.String(), contact: contact(m, p.directeur, there.ID), proposition: proposer(m, p.mairie, there),
		rattachement: rattacher(m, p), groupe: grouper(m, p, there), benefice: beneficier(m, p, there), liste: garderListe(m, p.directeur), acces: accesDe(m, p.directeur),
		lettre:       garderLettre(m, p.directeur),
		travail:      demanderFichier(m, p.ia),
		alerte:       alerter(m, p),
		cles:         armer(m, p),
		scrutin:      elire(m, p),
		depotComptes: deposerComptes(m, p),
		formation:    former(m, p),
		compte:       m.Agent(p.directeur).Compte.String(), habilitation: m.Agent(p.directeur).Habilitation.String(), delegation: deleguer(m, p),
	}
}

// preparer has a directeur decide for a pupil, and open the next year for him.
func preparer(m *fixture.Monde, p place) string {
	m.Helper()
	e := m.Admettre(p.directeur, m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, "Paul")))
	var id uuid.UUID
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if err := decider(ctx, tx, a, e, passage.Demande{Usuel: true, Le: a.Aujourdhui()}); err != nil {
			return err
		}
		id, _, err = rentree.Preparer(ctx, tx, a, 2026)
		return err
	})
	return id.String()
}

// envisager has a directeur propose that a pupil stays where he is, on which an inspection has a word to say.
func envisager(m *fixture.Monde, directeur string, e fixture.Enfant) {
	m.Helper()
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return passage.Faire(ctx, tx, a, e.Scolarite, 0, passage.Demande{
			Etape: passage.EtapeProposer, Choix: passage.Choix{Decision: passage.Maintien}, Le: a.Aujourdhui(),
		})
	})
}

var unknown = objects{
	liberation: fixture.Inconnu.String(), envoi: fixture.Inconnu.String(), registre: fixture.Inconnu.String(),
	sansEcole: fixture.Inconnu.String(), suivi: fixture.Inconnu.String(),
	depart: fixture.Inconnu.String(),
	depot:  fixture.Inconnu.String(), operation: fixture.Inconnu.String(),
	eleve: fixture.Inconnu.String(), arrivee: fixture.Inconnu.String(), inscription: fixture.Inconnu.String(),
	scolarite: fixture.Inconnu.String(), responsable: fixture.Inconnu.String(), contact: fixture.Inconnu.String(), classe: fixture.Inconnu.String(),
	uai:     "0650000X",
	insee:   "65999",
	rentree: fixture.Inconnu.String(),
	autre:   fixture.Inconnu.String(), transfert: fixture.Inconnu.String(), decision: fixture.Inconnu.String(),
	composition: composition{fixture.Inconnu.String(), fixture.Inconnu.String(), fixture.Inconnu.String()},
	nouveau:     fixture.Inconnu.String(), fusion: fixture.Inconnu.String(), proposition: fixture.Inconnu.String(),
	rattachement: fixture.Inconnu.String(), groupe: fixture.Inconnu.String(), benefice: fixture.Inconnu.String(), liste: fixture.Inconnu.String(),
	lettre: fixture.Inconnu.String(), travail: fixture.Inconnu.String(),
	cles:   cles{fixture.Inconnu.String(), fixture.Inconnu.String()},
	compte: fixture.Inconnu.String(), habilitation: fixture.Inconnu.String(), delegation: fixture.Inconnu.String(),
	alerte: fixture.Inconnu.String(), depotComptes: fixture.Inconnu.String(), formation: fixture.Inconnu.String(),
	scrutin: scrutin{fixture.Inconnu.String(), fixture.Inconnu.String(), fixture.Inconnu.String()},
	sixieme: sixieme{college: "0650000X", jeton: fixture.Inconnu.String(), lot: fixture.Inconnu.String(), fichier: fixture.Inconnu.String()},
}

// path is the address of a route about these objects.
func (o objects) path(route string) string {
	id := o.eleve
	switch {
	case strings.HasPrefix(route, "/inscriptions/"):
		id = o.inscription
	case strings.HasPrefix(route, "/admissions/"):
		id = o.arrivee
	case strings.HasPrefix(route, "/liberations/") && strings.HasSuffix(route, "/retirer"):
		id = o.envoi
	case strings.HasPrefix(route, "/sans-ecole/constats/"):
		id = o.suivi
	case strings.HasPrefix(route, "/sans-ecole/"):
		id = o.sansEcole
	case strings.HasPrefix(route, "/registre/"):
		id = o.registre
	case strings.HasPrefix(route, "/liberations/"):
		id = o.liberation
	case strings.HasPrefix(route, "/radiations/departs/"):
		id = o.depart
	case strings.HasPrefix(route, "/radiations/"), strings.HasPrefix(route, "/passages/"), strings.HasPrefix(route, "/pointage/"):
		id = o.scolarite
	case strings.HasPrefix(route, "/classes/"):
		id = o.classe
	case strings.HasPrefix(route, "/journal/alertes/"):
		id = o.alerte
	case strings.HasPrefix(route, "/journal/comptes/"):
		id = o.compte
	case strings.HasPrefix(route, "/groupes/"):
		id = o.groupe
	case strings.HasPrefix(route, "/listes/"):
		id = o.liste
	case strings.HasPrefix(route, "/ma-cle/"):
		id = o.acces
	case strings.HasPrefix(route, "/courriers/"):
		id = o.lettre
	case strings.HasPrefix(route, "/elections/"):
		id = o.election
	case strings.HasPrefix(route, "/dispositifs/"):
		id = o.benefice
	case strings.HasPrefix(route, "/rattachements/"):
		id = o.rattachement
	case strings.HasPrefix(route, "/propositions/"):
		id = o.proposition
	case strings.HasPrefix(route, "/fusions/"):
		id = o.fusion
	case strings.HasPrefix(route, "/ecoles/decisions/"):
		id = o.decision
	case strings.HasPrefix(route, "/transferts/"):
		id = o.transfert
	case strings.HasPrefix(route, "/repartition/scenarios/"):
		id = o.composition.scenario
	case strings.HasPrefix(route, "/repartition/mouvements/"):
		id = o.composition.mouvement
	case strings.HasPrefix(route, "/repartition/regles/"):
		id = o.composition.regle
	case strings.HasPrefix(route, "/rentree/"):
		id = o.rentree
	case strings.HasPrefix(route, "/comptes/"):
		id = o.compte
	case strings.HasPrefix(route, "/formations/"):
		id = o.formation
	case strings.HasPrefix(route, "/delegations/"):
		id = o.delegation
	case strings.HasPrefix(route, "/colleges/"):
		id = o.jeton
	case strings.HasPrefix(route, "/reprise/operations/"):
		id = o.operation
	case strings.HasPrefix(route, "/reprise/"):
		id = o.depot
	}
	depot := o.fichier
	if strings.HasPrefix(route, "/cles/") {
		id, depot = o.cles.cle, o.cles.depot
	}
	if strings.HasPrefix(route, "/comptes/") {
		depot = o.depotComptes
	}
	autre := o.nouveau
	if strings.Contains(route, "{responsable}") {
		autre = o.autre
	}
	return strings.NewReplacer("{id}", id, "{autre}", autre, "{responsable}", o.responsable, "{contact}", o.contact, "{uai}", o.uai,
		"{insee}", o.insee, "{sujet}", "telephone", "{college}", o.college, "{lot}", o.lot, "{depot}", depot, "{annee}", "2027",
		"{demande}", o.demande, "{fichier}", o.travail, "{candidature}", o.candidature,
		"{habilitation}", o.habilitation).Replace(route)
}

// names tells whether the route names an object of a territory; a subject of help or of a list is none.
func names(route string) bool { return strings.Contains(strings.ReplaceAll(route, "{sujet}", ""), "{") }
