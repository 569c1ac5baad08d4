package compte

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// autour are the words around an account that its password must not rest on.
const autourSQL = `
	select c.mot_de_passe, c.identifiant, c.nom, c.prenom, array(
		select unnest(array[co.nom, e.nom, ce.nom, ci.nom, d.nom, cl.nom, h.commune_insee, h.ecole_uai, h.circonscription_uai, h.college_uai])
		from habilitation h
		left join commune co on co.insee = h.commune_insee
		left join ecole e on e.uai = h.ecole_uai
		left join commune ce on ce.insee = e.commune_insee
		left join circonscription ci on ci.uai = h.circonscription_uai
		left join departement d on d.code = h.departement_code
		left join college cl on cl.uai = h.college_uai
		where h.compte_id = c.id) as lieux
	from compte c where c.id = $1 and c.actif`

type autour struct {
	MotDePasse, Identifiant, Nom, Prenom string
	Lieux                                []*string
}

func (a autour) mots() []string {
	mots := []string{a.Identifiant, a.Nom, a.Prenom}
	for _, l := range a.Lieux {
		if l != nil {
			mots = append(mots, *l)
		}
	}
	return mots
}

// MotsEvites are what the password of an account must not rest on, folded: what is around its holder, and what everybody
// tries first. A page shows him the strength of what he types by them; the judge knows more, and alone decides.
func (g *Gate) MotsEvites(ctx context.Context, compte uuid.UUID) ([]string, error) {
	var a autour
	err := g.DB.Connexion(ctx, func(tx territoire.Tx) (err error) {
		a, err = territoire.Ligne[autour](ctx, tx, autourSQL, compte)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("compte: read the account: %w", err)
	}
	return Eviter(a.mots()), nil
}

// QueueMots reads the words around the account of the agent; Eviter adds those that everybody tries first.
func QueueMots(l *territoire.Lecture, dst *[]string) { territoire.Valeur(l, dst, `select mes_mots()`) }

// Eviter are the words that a password must not rest on, folded.
func Eviter(mots []string) []string { return append(plies(mots), courants...) }

// Choix is a password chosen, typed twice.
type Choix struct {
	Nouveau, Confirmation string
	// Session is the one where it is chosen; Nil at a log-in, which has none yet.
	Session uuid.UUID
}

// fermerSQL ends what the former password has opened: the sessions of the account but one, and what is on its way to another.
const fermerSQL = `update sessions set data = '', terminee_par = 'titulaire' where compte_id = $1 and terminee_par is null and id is distinct from $2`

// Changer replaces the password of an account, initial or not. The former hash is gone, and what it has opened is closed.
func (g *Gate) Changer(ctx context.Context, v Visite, compte uuid.UUID, c Choix) error {
	var a autour
	err := g.DB.Connexion(ctx, func(tx territoire.Tx) (err error) {
		a, err = territoire.Ligne[autour](ctx, tx, autourSQL, compte)
		return err
	})
	if err != nil {
		return fmt.Errorf("compte: read the account: %w", err)
	}
	if err := juges(c.Nouveau, c.Confirmation, a.mots()); err != nil {
		return err
	}
	empreinte, err := g.nouvelle(ctx, c.Nouveau, a.MotDePasse)
	if err != nil {
		return err
	}
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		journal.RecordTitulaire(tx, compte, journal.ChangerMotDePasse, v.Adresse, v.Maintenant)
		if c.Session != uuid.Nil {
			noterAvis(tx, compte, AvisMotDePasseChange, "", v.Maintenant)
		}
		tx.Queue(fermerSQL, compte, uuid.NullUUID{UUID: c.Session, Valid: c.Session != uuid.Nil})
		_, err := tx.Exec(ctx, `update compte set mot_de_passe = $2, a_changer = false, initial_jusqu_au = null, lettre_par = null,
			version = version + 1 where id = $1`, compte, empreinte)
		return err
	})
	if err != nil {
		return fmt.Errorf("compte: change the password: %w", err)
	}
	g.Log.InfoContext(ctx, "password changed", "compte", compte)
	return nil
}

// nouvelle hashes a password that is not the former one, as typed or as the letter writes it.
func (g *Gate) nouvelle(ctx context.Context, nouveau, ancienne string) (string, error) {
	for _, tape := range slices.Compact([]string{nouveau, nuDActivation(nouveau)}) {
		meme, _, err := g.hacheur.verifier(ctx, tape, ancienne)
		if err != nil {
			return "", err
		}
		if meme {
			return "", refusal.Of("mot_de_passe", "Choisissez un mot de passe différent de l’actuel.")
		}
	}
	return g.hacheur.hacher(ctx, nouveau)
}

// juges refuses a password typed twice, telling all that is wrong.
func juges(motDePasse, confirmation string, mots []string) error {
	var refus refusal.List
	if err := refus.Take(JugerMotDePasse(motDePasse, mots...)); err != nil {
		return err
	}
	if norm.NFC.String(motDePasse) != norm.NFC.String(confirmation) {
		refus.Add("mot_de_passe_confirmation", "Les deux saisies diffèrent.")
	}
	return refus.Err()
}
