// Package journal is the record of acts and readings: who, for whom, what, on which object, when. A line is written
// in the transaction of the act, or in the round trip of the reading: no line, no act. It holds no personal value.
package journal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Acte is what was done, in the words of the trade.
type Acte string

// The acts.
const (
	Consulter          Acte = "consulter"
	Reveler            Acte = "reveler"
	ChercherAilleurs   Acte = "chercher_ailleurs"
	Creer              Acte = "creer"
	Modifier           Acte = "modifier"
	Supprimer          Acte = "supprimer"
	Inscrire           Acte = "inscrire"
	MettreEnAttente    Acte = "mettre_en_attente"
	AnnulerInscription Acte = "annuler_inscription"
	MettreEnAdmissible Acte = "mettre_en_admissibilite"
	AccepterAdmission  Acte = "accepter_admission"
	AnnulerAdmission   Acte = "annuler_admission"
	Admettre           Acte = "admettre"
	Affecter           Acte = "affecter"
	DeciderPassage     Acte = "decider_passage"
	AviserPassage      Acte = "aviser_passage"
	TrancherPassage    Acte = "trancher_passage"
	ReglerCampagne     Acte = "regler_campagne"
	NoterNonVenu       Acte = "noter_non_venu"
	PreparerRentree    Acte = "preparer_rentree"
	AnnulerRentree     Acte = "annuler_rentree"
	ProposerTransfert  Acte = "proposer_transfert"
	RepondreTransfert  Acte = "repondre_transfert"
	AnnulerTransfert   Acte = "annuler_transfert"
	Restructurer       Acte = "restructurer"
	Radier             Acte = "radier"
	AnnulerRadiation   Acte = "annuler_radiation"
	AnnoncerDepart     Acte = "annoncer_depart"
	DemanderLiberation Acte = "demander_liberation"
	RetirerLiberation  Acte = "retirer_liberation"
	RefuserLiberation  Acte = "refuser_liberation"
	Liberer            Acte = "liberer"
	RejeterLiberation  Acte = "rejeter_liberation"
	NoterSansEcole     Acte = "noter_sans_ecole"
	RetirerConstat     Acte = "retirer_constat"
	Editer             Acte = "editer"
	Exporter           Acte = "exporter"
	ComparerINE        Acte = "comparer_ine"
	MemeEnfant         Acte = "ine_meme_enfant"
	AutreEnfant        Acte = "ine_autre_enfant"
	DemanderIA         Acte = "ine_demander_ia"
	RevenirSurINE      Acte = "ine_revenir"
	CorrigerINE        Acte = "ine_corriger"
	Distinguer         Acte = "distinguer"
	Importer           Acte = "importer"
	AnnulerImport      Acte = "annuler_import"
	Proposer           Acte = "proposer"
	DeciderProposition Acte = "decider_proposition"
	ReglerCommune      Acte = "regler_commune"
	Completer          Acte = "completer"
	Fusionner          Acte = "fusionner"
	DefaireFusion      Acte = "defaire_fusion"

	PublierRepartition      Acte = "publier_repartition"
	ProposerRepartition     Acte = "proposer_repartition"
	AnnulerRepartition      Acte = "annuler_repartition"
	EnregistrerOpposition   Acte = "enregistrer_opposition"
	LeverOpposition         Acte = "lever_opposition"
	ProtegerAdresse         Acte = "proteger_adresse"
	ExecuterRestructuration Acte = "executer_restructuration"
	AnnulerRestructuration  Acte = "annuler_restructuration"

	Attacher        Acte = "attacher"
	Detacher        Acte = "detacher"
	ReglerSixieme   Acte = "regler_sixieme"
	AffecterSixieme Acte = "affecter_sixieme"
	AnnulerSixieme  Acte = "annuler_affectation_sixieme"
	RecevoirSixieme Acte = "recevoir_sixieme"
	AccuserSixieme  Acte = "accuser_sixieme"
	RouvrirSixieme  Acte = "rouvrir_sixieme"
	CreerJeton      Acte = "creer_jeton"
	RevoquerJeton   Acte = "revoquer_jeton"

	PreparerElection Acte = "preparer_election"
	ArreterListe     Acte = "arreter_liste_electorale"
	RouvrirListe     Acte = "rouvrir_liste_electorale"
	Reclamer         Acte = "reclamer_liste_electorale"
	Statuer          Acte = "statuer_liste_electorale"
	DeposerListe     Acte = "deposer_liste_candidats"
	RetirerListe     Acte = "retirer_liste_candidats"

	Extraire Acte = "extraire"

	DemanderFichier    Acte = "demander_fichier"
	TelechargerFichier Acte = "telecharger_fichier"
	AbandonnerFichier  Acte = "abandonner_fichier"
	ApprouverSortie    Acte = "approuver_sortie"
	RefuserSortie      Acte = "refuser_sortie"

	Prouver       Acte = "prouver_identite"
	RefuserPreuve Acte = "refuser_preuve"

	SeConnecter          Acte = "se_connecter"
	RefuserConnexion     Acte = "refuser_connexion"
	TerminerSession      Acte = "terminer_session"
	PoserArret           Acte = "poser_arret"
	LeverArret           Acte = "lever_arret"
	RenouvelerSecrets    Acte = "renouveler_mots_de_passe"
	LireJournal          Acte = "lire_journal"
	Sonder               Acte = "sonder"
	CreerCompte          Acte = "creer_compte"
	RenouvelerActivation Acte = "renouveler_activation"
	SuspendreCompte      Acte = "suspendre_compte"
	ReactiverCompte      Acte = "reactiver_compte"
	DemanderHabilitation Acte = "demander_habilitation"
	AccorderHabilitation Acte = "accorder_habilitation"
	RefuserHabilitation  Acte = "refuser_habilitation"
	RetirerHabilitation  Acte = "retirer_habilitation"
	Deleguer             Acte = "deleguer"
	RetirerDelegation    Acte = "retirer_delegation"
	RefaireSecours       Acte = "refaire_secours"
	ServirSecours        Acte = "servir_secours"
	LireAvis             Acte = "lire_avis"
	EnrolerCle           Acte = "enroler_cle"
	ChangerMotDePasse    Acte = "changer_mot_de_passe"
	AjouterAcces         Acte = "ajouter_cle_acces"
	RetirerAcces         Acte = "retirer_cle_acces"
	TraiterAlerte        Acte = "traiter_alerte"

	DemanderRaccordement Acte = "demander_raccordement"
	RetirerRaccordement  Acte = "retirer_raccordement"
	DeciderRaccordement  Acte = "decider_raccordement"
	PlanifierFormation   Acte = "planifier_formation"
	AnnulerFormation     Acte = "annuler_formation"
	ConvoquerFormation   Acte = "convoquer_formation"
	NoterPresence        Acte = "noter_presence"

	ProclamerElection  Acte = "proclamer_election"
	ReprendreResultats Acte = "reprendre_resultats"
	AnnulerElection    Acte = "annuler_election"
	RetablirElection   Acte = "retablir_election"

	EntrerCles   Acte = "entrer_cles"
	AttribuerCle Acte = "attribuer_cle"
	ReprendreCle Acte = "reprendre_cle"
	RemettreCle  Acte = "remettre_cle"
	SuspendreCle Acte = "suspendre_cle"
	RetablirCle  Acte = "retablir_cle"
	PerdreCle    Acte = "perdre_cle"
	RestituerCle Acte = "restituer_cle"
	RangerCle    Acte = "ranger_cle"
	RecalerCle   Acte = "recaler_cle"
)

// Ligne is one line.
type Ligne struct {
	Acte  Acte
	Objet string // table of the object: 'eleve', 'inscription'…
	ID    uuid.UUID
	Ecole string // UAI of the school concerned, "" when none is
	Motif string // why, where the act asks for a motive; a code, never free text
}

const insertSQL = `
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai, motif)
	values ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), nullif($9, ''))`

func (l Ligne) args(agent habilitation.Agent) []any {
	var id *uuid.UUID
	if l.ID != uuid.Nil {
		id = &l.ID
	}
	return []any{agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(l.Acte), l.Objet, id, l.Ecole, l.Motif}
}

// Record writes the line of an act in the act's transaction, at the latest with its end: if it cannot be written
// nothing is done.
func Record(tx territoire.Tx, agent habilitation.Agent, l Ligne) {
	tx.Queue(insertSQL, l.args(agent)...)
}

// Queue writes the line of a reading in the reading's round trip: if it cannot be written nothing is shown.
func Queue(lecture *territoire.Lecture, agent habilitation.Agent, l Ligne) {
	lecture.Exec(insertSQL, l.args(agent)...)
}

// consulterSQL takes the school from the pupil; a pupil outside the territory leaves no line and is not found.
const consulterSQL = `
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
	select $1, $2, $3, $4, $5, 'eleve', id, ecole_uai from eleve where id = $6`

// QueueDossier writes the line of the opening of a pupil's file.
func QueueDossier(lecture *territoire.Lecture, agent habilitation.Agent, acte Acte, eleve uuid.UUID) {
	lecture.Exec(consulterSQL, agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(acte), eleve)
}

// QueueRegistre writes the line of the opening of a pupil's file through a line that names him and a school: of the
// register, an inscription, a scolarité, a release. The directeur so opens that of a child whom another school still holds.
func QueueRegistre(lecture *territoire.Lecture, agent habilitation.Agent, acte Acte, table string, id uuid.UUID) {
	lecture.Exec(`insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
		select $1, $2, $3, $4, $5, 'eleve', eleve_id, ecole_uai from `+pgx.Identifier{table}.Sanitize()+` where id = $6`,
		agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(acte), id)
}

// Connexion is the role of the lines that the log-in writes: nobody acts for anybody yet.
const Connexion = "connexion"

// RecordConnexion writes down an attempt that the log-in refused: motif is a code, compte zero for an identifier that
// nobody has.
func RecordConnexion(tx territoire.Tx, compte uuid.UUID, motif, adresse string, le time.Time) {
	recordConnexion(tx, compte, RefuserConnexion, motif, adresse, le)
}

// RecordTitulaire writes down what happens to an account on its way in, by the hand of whoever comes.
func RecordTitulaire(tx territoire.Tx, compte uuid.UUID, acte Acte, adresse string, le time.Time) {
	recordConnexion(tx, compte, acte, "", adresse, le)
}

func recordConnexion(tx territoire.Tx, compte uuid.UUID, acte Acte, motif, adresse string, le time.Time) {
	tx.Queue(`insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, motif, adresse)
		values ($1, $2::uuid, $3::uuid, $4, $5, 'compte', nullif($2::uuid, $3::uuid), $6, nullif($7, ''))`,
		le, compte, uuid.Nil, Connexion, string(acte), motif, adresse)
}

const insertAllSQL = `
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
	select $1, $2, $3, $4, $5, $6, o.id, nullif(o.ecole, '')
	from unnest($7::uuid[], $8::text[]) as o (id, ecole)`

// RecordAll writes one line for each object of an act on many.
func RecordAll(tx territoire.Tx, agent habilitation.Agent, acte Acte, objet string, ids []uuid.UUID, ecoles []string) {
	tx.Queue(insertAllSQL, agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role),
		string(acte), objet, ids, ecoles)
}

const comparerSQL = `
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
	select $1, $2, $3, $4, $5, 'eleve', o.id, o.ecole from (
		select id, ecole_uai as ecole from eleve where id = $6
		union all
		select candidat_id, nullif(ecole_uai, '') from voir_ressemblances($6, $7) where decision = '') o`

// QueueComparaison writes the lines of a pupil shown beside those who look alike: one in the file of each, whoever holds
// it.
func QueueComparaison(lecture *territoire.Lecture, agent habilitation.Agent, eleve uuid.UUID) {
	lecture.Exec(comparerSQL, agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(ComparerINE), eleve,
		agent.Aujourdhui())
}

const compterSQL = `
	with lu as (%s),
	note as (
		insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai, motif)
		select %s from (select $%d::text || ' ' || count(*) as motif from lu having count(*) <= $%d::int) n)
	select * from lu order by rang`

// Compter has a reading write its own line, with how many rows it has read, in one statement: which list has left, and
// how long it is. The reading has a column rang; of more rows than most none leaves, and no line is written.
func Compter(lecture string, args []any, agent habilitation.Agent, l Ligne, most int) (string, []any) {
	line := l.args(agent)
	values := make([]string, 0, len(line))
	for i, kind := range []string{"timestamptz", "uuid", "uuid", "text", "text", "text", "uuid"} {
		values = append(values, fmt.Sprintf("$%d::%s", len(args)+i+1, kind))
	}
	n := len(args) + len(values)
	values = append(values, fmt.Sprintf("nullif($%d::text, '')", n+1), "n.motif")
	return fmt.Sprintf(compterSQL, lecture, strings.Join(values, ", "), n+2, n+3), append(slices.Concat(args, line), most)
}
