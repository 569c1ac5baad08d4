package scolarite

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Directe is the admission of a child whom no mairie has inscrit (T07); the year is that of the date d'effet.
type Directe struct {
	Niveau ecole.Niveau
	Effet  time.Time
}

// Lieu is the school that would admit directly.
type Lieu struct {
	Type         ecole.Type
	Secteur      ecole.Secteur
	Commune      string // INSEE code
	Nom          string // of the commune
	Saisie       string // who types a new pupil first there: 'mairie', 'ecole' or 'les_deux'
	Ouverte      bool
	AnneeOuverte bool
}

// MairieSeule tells that the commune has chosen that its mairie types first. A private school asks no mairie: families
// inscribe their children there themselves (art. L131-5 of the code de l'éducation).
func (l Lieu) MairieSeule() bool { return l.Saisie == "mairie" && !l.Secteur.Prive() }

// AdmetDirectement refuses where only the mairie inscribes first.
func (l Lieu) AdmetDirectement() error {
	if l.MairieSeule() {
		return refusal.InConflict("À " + l.Nom + ", c’est la mairie qui inscrit les enfants\u00a0: l’école les admet ensuite.")
	}
	if !l.Ouverte {
		return refusal.InConflict("Cette école est fermée.")
	}
	return nil
}

// Valider says what is missing or wrong, before anything is opened for the child.
func (d Directe) Valider(l Lieu, today time.Time) error {
	var list refusal.List
	_ = list.Take(validerNiveau(d.Niveau, l.Type))
	annee := ecole.AnneeDe(d.Effet)
	switch {
	case d.Effet.IsZero():
		list.Add("date_effet", dateEffetAbsente)
	case annee.Fin().Before(today):
		list.Add("date_effet", "L’année scolaire "+annee.Libelle()+" est terminée.")
	case !l.AnneeOuverte:
		list.Add("date_effet", "L’année scolaire "+annee.Libelle()+" n’est pas ouverte.")
	}
	return list.Err()
}

var errAttendu = refusal.InConflict("Une école attend déjà cet enfant\u00a0: elle doit d’abord annuler son admission.")

// Libre refuses to take over the file of a child whom a school expects, as far as the search shows it. One who is présent
// elsewhere may be accepted, for the next rentrée or ahead of his radiation, without which he is not admitted for good.
func Libre(c eleve.Connu) error {
	if e := Etat(c.Etat); e == Admissible || e == AdmisAccepte {
		return errAttendu
	}
	return nil
}

// libre is Libre for the act itself: the last line that the search shows hides the others.
func libre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	attendu := false
	if err := tx.QueryRow(ctx, `select est_attendu($1, $2)`, id, agent.Aujourdhui()).Scan(&attendu); err != nil {
		return fmt.Errorf("scolarite: ask whether a school expects the child: %w", err)
	}
	if attendu {
		return errAttendu
	}
	return nil
}

// AdmettreNouveau opens the file of a child, inscribes and accepts him in the agent's school, in one act (T07). It
// returns the child and the inscription.
func AdmettreNouveau(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, n eleve.Nouveau, d Directe) (enfant, inscrit uuid.UUID, err error) {
	l, err := lieuDe(ctx, tx, agent, d)
	if err != nil {
		return enfant, inscrit, err
	}
	n.Ecole, n.Commune = agent.Ecole, l.Commune
	if enfant, err = eleve.Creer(tx, agent, n); err != nil {
		return enfant, inscrit, err
	}
	inscrit, err = d.inscrire(ctx, tx, agent, enfant, l)
	return enfant, inscrit, err
}

// Reprendre inscribes and accepts in the agent's school a child who has a file already (T07, T20).
func Reprendre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c eleve.Connu, d Directe) (uuid.UUID, error) {
	if err := libre(ctx, tx, agent, c.EleveID); err != nil {
		return uuid.Nil, err
	}
	l, err := lieuDe(ctx, tx, agent, d)
	if err != nil {
		return uuid.Nil, err
	}
	return d.inscrire(ctx, tx, agent, c.EleveID, l)
}

// inscrire inscribes, then accepts. An acceptance typed some days late is inscrite as of its date d'effet.
func (d Directe) inscrire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, l Lieu) (uuid.UUID, error) {
	le := agent.Aujourdhui()
	if d.Effet.Before(le) {
		le = d.Effet
	}
	demande := inscription.Demande{Annee: ecole.AnneeDe(d.Effet), Ecole: agent.Ecole, Niveau: d.Niveau, Le: le}
	inscrit, err := inscription.Inscrire(ctx, tx, agent, id, l.Commune, demande)
	if err != nil {
		return uuid.Nil, err
	}
	return inscrit, Accepter(ctx, tx, agent, inscrit, 0, d.Niveau, d.Effet)
}

// LieuSQL reads the Lieu of a school for the year $2.
const LieuSQL = `
	select e.type, e.secteur, e.commune_insee as commune, c.nom, c.saisie,
		ecole_accueille(e.ouverte, e.ouverte_le, e.fermee_le, $2) as ouverte,
		exists (select from annee_scolaire where code = $2) as annee_ouverte
	from ecole e join commune c on c.insee = e.commune_insee where e.uai = $1`

func lieuDe(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Directe) (Lieu, error) {
	le := d.Effet
	if le.IsZero() {
		le = agent.Aujourdhui() // Valider asks for it
	}
	l, err := territoire.Ligne[Lieu](ctx, tx, LieuSQL, agent.Ecole, int(ecole.AnneeDe(le)))
	if err != nil {
		return l, fmt.Errorf("scolarite: read the school: %w", err)
	}
	if err := l.AdmetDirectement(); err != nil {
		return l, err
	}
	return l, d.Valider(l, agent.Aujourdhui())
}
