package ouverture

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
)

// garde is how long a file sent and not confirmed is kept.
const garde = time.Hour

// Depot is a file sent, and what it says now.
type Depot struct {
	Nom string
	Lecture
}

func contexteDepot(id uuid.UUID) string { return "depot de comptes " + id.String() }

// Deposer keeps a file that can be read, sealed, until it is confirmed; the older ones are forgotten.
func Deposer(_ context.Context, tx territoire.Tx, agent habilitation.Agent, box *coffre.Coffre, nom string, contenu []byte) (uuid.UUID, error) {
	if _, err := Lire(contenu, agent.Aujourdhui()); err != nil {
		return uuid.Nil, err
	}
	runes := []rune(nom[strings.LastIndexAny(nom, `/\`)+1:])
	id := uuid.New()
	tx.Queue(`delete from depot_compte where le <= $1`, agent.Maintenant.Add(-garde))
	tx.Queue(`insert into depot_compte (id, departement_code, compte_id, nom, contenu, le) values ($1, portee_dsden(), $2, $3, $4, $5)`,
		id, agent.Compte, string(runes[:min(len(runes), 100)]), box.Sceller(contenu, contexteDepot(id)), agent.Maintenant)
	return id, nil
}

// Attente is a file sent, as it waits, with what the base knows that it is read against.
type Attente struct {
	id      uuid.UUID
	today   time.Time
	depot   fichier
	lieux   []Lieu
	tenues  []tenue
	comptes []struct{ Identifiant string }
}

type fichier struct {
	Nom     string
	Contenu []byte
}

// tenue is a habilitation that somebody holds, or waits for.
type tenue struct {
	Nom, Prenom, Identifiant string
	Role                     habilitation.Role
	Code                     string
}

const (
	depotSQL = `select nom, contenu from depot_compte where id = $1 and le > $2`

	// prendreSQL takes the file away as it reads it: confirmed twice at once, it opens accounts once.
	prendreSQL = `delete from depot_compte where id = $1 and le > $2 returning nom, contenu`

	tenuesSQL = `
		select c.nom, c.prenom, c.identifiant, h.role, coalesce(h.ecole_uai, h.commune_insee, h.circonscription_uai, h.college_uai, '') as code
		from habilitation h join compte c on c.id = h.compte_id
		where h.etat in ('demandee', 'accordee') and h.delegation is null and (h.fin is null or h.fin >= $1)`

	identifiantsSQL = `select identifiant from compte`
)

// QueueAttente reads a file sent; one too old is no more.
func QueueAttente(l *territoire.Lecture, agent habilitation.Agent, id uuid.UUID, dst *Attente) {
	dst.id, dst.today = id, agent.Aujourdhui()
	territoire.Une(l, &dst.depot, depotSQL, id, agent.Maintenant.Add(-garde))
	territoire.Toutes(l, &dst.lieux, lieuxSQL)
	territoire.Toutes(l, &dst.tenues, tenuesSQL, dst.today)
	territoire.Toutes(l, &dst.comptes, identifiantsSQL)
}

// Ouvrir reads what the file says, against the accounts that there are.
func (a Attente) Ouvrir(box *coffre.Coffre) (Depot, error) {
	d := Depot{Nom: a.depot.Nom}
	contenu, err := box.Ouvrir(a.depot.Contenu, contexteDepot(a.id))
	if err != nil {
		return d, refusal.NotFound() // sealed under a key that is no longer held: it is to be sent again
	}
	if d.Lecture, err = Lire(contenu, a.today); err != nil {
		return d, err
	}
	d.situer(a.lieux)
	d.confronter(a)
	slices.SortStableFunc(d.Erreurs, func(x, y onde.Erreur) int { return x.Ligne - y.Ligne })
	return d, nil
}

// confronter finds those who are there already: a file sent twice doubles nobody.
func (l *Lecture) confronter(a Attente) {
	key := func(role habilitation.Role, code, nom, prenom string) string {
		return strings.Join([]string{string(role), code, commune.Plier(nom), commune.Plier(prenom)}, "\x00")
	}
	holders, taken := map[string]string{}, map[string]bool{}
	for _, t := range a.tenues {
		holders[key(t.Role, t.Code, t.Nom, t.Prenom)] = t.Identifiant
	}
	for _, c := range a.comptes {
		taken[c.Identifiant] = true
	}
	kept := l.Lignes[:0]
	for _, p := range l.Lignes {
		switch identifiant, known := holders[key(p.Role, p.Lieu.Code, p.Nom, p.Prenom)]; {
		case known:
			l.Erreurs = append(l.Erreurs, onde.Erreur{
				Ligne: p.No, Colonne: "nom", Valeur: p.Nom + " " + p.Prenom,
				Motif:  "Cette personne a déjà un compte pour ce territoire\u00a0: " + identifiant + ".",
				Remede: "Retirez cette ligne. Une lettre perdue se refait depuis la page du compte.",
			})
		case taken[p.Identifiant]:
			l.Erreurs = append(l.Erreurs, onde.Erreur{
				Ligne: p.No, Colonne: "identifiant", Valeur: p.Identifiant, Motif: "Cet identifiant est déjà pris.",
				Remede: "Choisissez-en un autre, ou laissez la case vide\u00a0: il sera proposé d’après le nom.",
			})
		default:
			kept = append(kept, p)
		}
	}
	l.Lignes = kept
}

// Appliquer opens the accounts of a file, and asks for their habilitations: all of them, or none. empreinte is of a secret
// that nobody keeps: a letter is made when it is to be sent, since it lasts but seven days.
func Appliquer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, box *coffre.Coffre, id uuid.UUID, empreinte string) (n int, err error) {
	a, err := relire(ctx, tx, agent, id)
	if err != nil {
		return 0, err
	}
	d, err := a.Ouvrir(box)
	if err != nil {
		return 0, err
	}
	if len(d.Erreurs) > 0 {
		return 0, refusal.InConflict("Ce fichier a des lignes fausses\u00a0: corrigez-les, puis envoyez-le de nouveau. Rien n’est changé.")
	}
	ouverts := map[string]uuid.UUID{}
	for _, p := range d.Lignes {
		compteID, la := ouverts[p.Identifiant]
		if !la {
			if compteID, _, err = compte.Ouvrir(ctx, tx, agent, p.Personne, compte.Activation{Empreinte: empreinte, JusquA: agent.Maintenant}); err != nil {
				return 0, err
			}
			n++
		}
		if p.Identifiant != "" {
			ouverts[p.Identifiant] = compteID
		}
		demande := mandat.Demande{Compte: compteID, Role: p.Role, Territoire: p.Lieu.Code, Debut: p.Debut, Fin: p.Fin}
		if _, err = mandat.Demander(ctx, tx, agent, demande); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// relire takes a file, and reads what it is read against.
func relire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) (a Attente, err error) {
	a.id, a.today = id, agent.Aujourdhui()
	a.depot, err = territoire.Ligne[fichier](ctx, tx, prendreSQL, id, agent.Maintenant.Add(-garde))
	if errors.Is(err, pgx.ErrNoRows) {
		return a, refusal.NotFound()
	}
	if err == nil {
		a.lieux, err = territoire.Lignes[Lieu](ctx, tx, lieuxSQL)
	}
	if err == nil {
		a.tenues, err = territoire.Lignes[tenue](ctx, tx, tenuesSQL, a.today)
	}
	if err == nil {
		a.comptes, err = territoire.Lignes[struct{ Identifiant string }](ctx, tx, identifiantsSQL)
	}
	if err != nil {
		return a, fmt.Errorf("ouverture: read what there is: %w", err)
	}
	return a, nil
}
