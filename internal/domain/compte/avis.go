package compte

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// NatureAvis is what the holder of an account is told of (security.md AUT-20). There is no e-mail in the base to write to:
// he is told at his next log-in.
type NatureAvis string

// What one is told of. The base itself writes those of the key and of the password (migrations, secours).
const (
	AvisCle             NatureAvis = "cle"
	AvisMotDePasse      NatureAvis = "mot_de_passe"
	AvisNavigateur      NatureAvis = "navigateur"
	AvisSecours         NatureAvis = "secours"
	AvisSecoursRefaits  NatureAvis = "secours_refaits"
	AvisCleAcces        NatureAvis = "cle_acces"
	AvisCleAccesRetiree NatureAvis = "cle_acces_retiree"
	AvisCleCopiee       NatureAvis = "cle_copiee"
	// AvisMotDePasseChange: by its holder, from a session.
	AvisMotDePasseChange NatureAvis = "mot_de_passe_change"
	gardeAvis                       = 365 * 24 * time.Hour
	avisDitsALaFois                 = 4
	apresAvis                       = " Si ce n’est pas vous, prévenez le service informatique."
	autresAvis                      = "d’autres se lisent sur la page de votre clé"
	debutAvis                       = "Depuis votre dernière connexion\u00a0: "
)

// SecoursRecent is how long the service informatique is shown who has come in by a recovery code.
const SecoursRecent = 7 * 24 * time.Hour

// Avis is one of them.
type Avis struct {
	Nature NatureAvis
	Detail string
	Le     time.Time
}

// Libelle is what happened.
func (a Avis) Libelle() string {
	said := map[NatureAvis]string{
		AvisCle: "nouvelle clé en service", AvisMotDePasse: "mot de passe remplacé par une lettre d’activation",
		AvisNavigateur: "connexion depuis un nouveau navigateur", AvisSecours: "code de secours utilisé",
		AvisSecoursRefaits: "codes de secours refaits", AvisCleAcces: "clé d’accès ajoutée", AvisCleAccesRetiree: "clé d’accès retirée",
		AvisMotDePasseChange: "mot de passe changé", AvisCleCopiee: "clé d’accès peut-être copiée, suspendue",
	}[a.Nature]
	if a.Detail != "" {
		said += ", " + a.Detail
	}
	return said
}

// DireAvis is the sentence said at the log-in, "" when there is nothing to say.
func DireAvis(list []Avis) string {
	if len(list) == 0 {
		return ""
	}
	var said []string
	for i, a := range list {
		if i == avisDitsALaFois {
			said = append(said, autresAvis)
			break
		}
		said = append(said, a.Libelle()+" le "+date.Heure(a.Le))
	}
	return debutAvis + strings.Join(said, "\u00a0; ") + "." + apresAvis
}

// QueueAvis reads what the agent was told of, or will be, the last first.
func QueueAvis(l *territoire.Lecture, dst *[]Avis) {
	territoire.Toutes(l, dst, `select nature, detail, le from mes_avis()`)
}

func noterAvis(tx territoire.Tx, compte uuid.UUID, nature NatureAvis, detail string, le time.Time) {
	tx.Queue(`insert into avis (compte_id, nature, detail, le) values ($1, $2, $3, $4)`, compte, nature, detail, le)
}

// Arrivee is a log-in that has passed all the steps.
type Arrivee struct {
	Compte     uuid.UUID
	Navigateur string // its name when it is new to this account, "" when it is known
	Adresse    string
	Debut, Le  time.Time // when the password was given, and the last step passed
}

// Arriver keeps when an account was last used, and first; it forgets its wrong passwords, and returns what its holder is to
// be told. What this log-in has done itself, a recovery code, a new browser, is told of at the next one: whoever sits at this
// one knows.
func (g *Gate) Arriver(ctx context.Context, a Arrivee) (list []Avis, err error) {
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		rows, err := territoire.Lignes[Avis](ctx, tx, `
			update avis set lu_le = $2 where compte_id = $1 and lu_le is null and le < $3 returning nature, detail, le`, a.Compte, a.Le, a.Debut)
		if err != nil {
			return fmt.Errorf("compte: read what is to be told: %w", err)
		}
		list = rows
		if len(list) > 0 {
			journal.RecordTitulaire(tx, a.Compte, journal.LireAvis, a.Adresse, a.Le)
		}
		if a.Navigateur != "" {
			tx.Queue(`insert into avis (compte_id, nature, detail, le)
				select id, 'navigateur', $2, $3 from compte where id = $1 and derniere_connexion_le is not null`, a.Compte, a.Navigateur, a.Le)
		}
		tx.Queue(`delete from avis where compte_id = $1 and le < $2`, a.Compte, a.Le.Add(-gardeAvis))
		tx.Queue(`update compte set derniere_connexion_le = $2, premiere_connexion_le = coalesce(premiere_connexion_le, $2), echecs = 0
			where id = $1`, a.Compte, a.Le)
		return nil
	})
	return list, err
}
