package compte

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Personne is somebody for whom the service opens an account.
type Personne struct {
	Identifiant string // "" for one that is proposed after the name
	Hasard      bool   // propose one that says nothing of the person
	Civilite    string // 'M.', 'Mme' or ""
	Nom, Prenom string
}

// Civilites are those that an account may bear.
var Civilites = []string{"Mme", "M."}

// nomMax bounds a name, as the schema of pupils does.
const nomMax = 100

// Juger tells all that is wrong in a person.
func (p Personne) Juger() error {
	var refus refusal.List
	if p.Civilite != "" && !slices.Contains(Civilites, p.Civilite) {
		refus.Add("civilite", "Choisissez Mme ou M., ou laissez vide.")
	}
	if p.Nom == "" || len(p.Nom) > nomMax {
		refus.Add("nom", "Indiquez le nom.")
	}
	if p.Prenom == "" || len(p.Prenom) > nomMax {
		refus.Add("prenom", "Indiquez le prénom.")
	}
	if p.Identifiant != "" {
		if _, err := Identifiant(p.Identifiant); err != nil {
			_ = refus.Take(err) // always a refusal
		}
	}
	return refus.Err()
}

// Adresse is how a letter names the person.
func (p Personne) Adresse() string {
	return strings.TrimSpace(p.Civilite + " " + p.Prenom + " " + p.Nom)
}

// identifiantVoulu leaves room for the number that tells two of one name apart.
const identifiantVoulu = 50

// propose is the identifier that a person asks for, or the one to begin with (security.md AUT-1): nominative, or drawn at
// random. It is neither the number of a school nor of a commune, since it begins with a letter.
func (p Personne) propose() (string, error) {
	switch {
	case p.Identifiant != "":
		return Identifiant(p.Identifiant)
	case p.Hasard:
		return auHasard(), nil
	}
	base := relier(p.Prenom) + "." + relier(p.Nom)
	base = strings.Trim(base[:min(len(base), identifiantVoulu)], ".-")
	if _, err := Identifiant(base); err != nil {
		return auHasard(), nil // a name that no Latin letter writes
	}
	return base, nil
}

// relier writes a name in an identifier: Jean-Marc, jean-marc; Le Goff, le-goff.
func relier(nom string) string {
	parts := strings.FieldsFunc(nom, separe)
	for i, part := range parts {
		parts[i] = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, plier(part))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "-")
}

// auHasard draws an identifier of 40 bits, « agent-k4mz27qa ».
func auHasard() string { return "agent-" + strings.ToLower(rand.Text()[:8]) }

var errPris = refusal.Of("identifiant", "Cet identifiant est déjà pris. Choisissez-en un autre, ou laissez la case vide.")

// Activation is what opens an account the first time: the hash of a secret, and until when it serves. One that ends as the
// account begins has never served: the letter is still to be made.
type Activation struct {
	Empreinte string
	JusquA    time.Time
}

// Ouvrir opens an account in the département of the agent. It holds no habilitation yet.
func Ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, p Personne, a Activation) (id uuid.UUID, identifiant string, err error) {
	if err := p.Juger(); err != nil {
		return uuid.Nil, "", err
	}
	if identifiant, err = p.propose(); err != nil {
		return uuid.Nil, "", err
	}
	if p.Identifiant == "" {
		if err := tx.QueryRow(ctx, `select identifiant_libre($1)`, identifiant).Scan(&identifiant); err != nil {
			return uuid.Nil, "", fmt.Errorf("compte: find an identifier: %w", err)
		}
	}
	id = uuid.New()
	var fait bool
	err = tx.QueryRow(ctx, `select creer_compte($1, $2, $3, $4, $5, $6, $7, $8)`, id, identifiant, p.Civilite, p.Nom, p.Prenom,
		a.Empreinte, a.JusquA, agent.Maintenant).Scan(&fait)
	if err != nil {
		return uuid.Nil, "", fmt.Errorf("compte: open the account: %w", err)
	}
	if !fait {
		return uuid.Nil, "", errPris
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.CreerCompte, Objet: "compte", ID: id})
	return id, identifiant, nil
}

// Renouveler gives an account a new secret of activation: the former password, or the former letter, opens nothing any more.
// It tells how many habilitations the IA is to confirm.
func Renouveler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, empreinte string) (int, error) {
	err := administrer(ctx, tx, agent, journal.RenouvelerActivation, id, "",
		"Demandez à un collègue du service\u00a0: nul ne renouvelle son propre mot de passe ici.",
		`select renouveler_activation($1, $2, $3)`, id, empreinte, agent.Maintenant.Add(ActivationDuree))
	if err != nil {
		return 0, err
	}
	return Confirmer(ctx, tx, agent, id)
}

// Confirmer is called after a letter is made or a key handed over: when one person has done both for an account that was in
// use, he could come in by both, and its habilitations go back to the IA, who grants them again (security.md AUT-17, ACL-11).
// It tells how many.
func Confirmer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) (int, error) {
	list, err := territoire.Lignes[struct{ ID uuid.UUID }](ctx, tx, `select id from demander_confirmation($1, $2) t (id)`, id, agent.Maintenant)
	if err != nil {
		return 0, fmt.Errorf("compte: ask for a confirmation: %w", err)
	}
	for _, h := range list {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.DemanderHabilitation, Objet: "habilitation", ID: h.ID, Motif: "confirmation"})
	}
	return len(list), nil
}

// Motif is a reason, as the base keeps it and as one reads it.
type Motif struct{ Code, Label string }

// MotifsSuspension are the reasons why an account is closed.
var MotifsSuspension = []Motif{
	{"depart", "Départ ou changement de fonctions"}, {"absence", "Absence longue"}, {"cle_perdue", "Clé perdue ou volée"},
	{"usage", "Usage anormal"}, {"erreur", "Compte créé par erreur"},
}

// MotifEssais is the reason of an account that the log-in itself has closed: nobody chooses it.
const MotifEssais = "essais"

// LibelleMotif is how a reason is read.
func LibelleMotif(motifs []Motif, code string) string {
	for _, m := range motifs {
		if m.Code == code {
			return m.Label
		}
	}
	return ""
}

// LibelleSuspension is how the reason of a closed account is read.
func LibelleSuspension(code string) string {
	if code == MotifEssais {
		return "Cent mots de passe faux de suite"
	}
	return LibelleMotif(MotifsSuspension, code)
}

// Suspendre closes an account at once: its open pages too, since each asks the base.
func Suspendre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, motif string) error {
	if LibelleMotif(MotifsSuspension, motif) == "" {
		return refusal.Of("motif", "Choisissez le motif.")
	}
	return administrer(ctx, tx, agent, journal.SuspendreCompte, id, motif, "Ce compte est déjà suspendu, ou c’est le vôtre.",
		`select suspendre_compte($1, $2, $3)`, id, motif, agent.Maintenant)
}

// Reactiver opens an account again: its password and its key are those that it had.
func Reactiver(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	return administrer(ctx, tx, agent, journal.ReactiverCompte, id, "", "Ce compte n’est pas suspendu.", `select reactiver_compte($1)`, id)
}

// administrer does an act on an account of the département, which answers whether it is done.
func administrer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID, motif, sinon string,
	sql string, args ...any,
) error {
	var la, fait bool
	if err := tx.QueryRow(ctx, `select exists (select from compte where id = $1)`, id).Scan(&la); err != nil {
		return fmt.Errorf("compte: find the account: %w", err)
	}
	if !la {
		return refusal.NotFound()
	}
	if err := tx.QueryRow(ctx, sql, args...).Scan(&fait); err != nil {
		return fmt.Errorf("compte: %s: %w", acte, err)
	}
	if !fait {
		return refusal.InConflict(sinon)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "compte", ID: id, Motif: motif})
	return nil
}
