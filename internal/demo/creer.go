package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/territoire"
)

// initialDuree is longer than any demonstration.
const initialDuree = 365 * 24 * time.Hour

const compteDemoSQL = `
	insert into demo.compte_demo (rang, role, identifiant, mot_de_passe, territoire) values ($1, $2, $3, $4, $5)`

// creerComptes makes the accounts, their keys, and the list of them that makes a demonstration.
func creerComptes(ctx context.Context, tx pgx.Tx, list []compteDemo, o Options) error {
	if _, err := tx.Exec(ctx, `delete from demo.compte_demo`); err != nil {
		return fmt.Errorf("demo: accounts: %w", err)
	}
	for i, c := range list {
		motDePasse := c.motDePasse(o.Graine)
		nouveau, err := c.nouveau(motDePasse, o.Maintenant)
		if err != nil {
			return err
		}
		if _, err := compte.Creer(ctx, tx, o.Coffre, nouveau); err != nil {
			return fmt.Errorf("demo: account %s: %w", c.identifiant, err)
		}
		if _, err := tx.Exec(ctx, compteDemoSQL, i+1, c.role, c.identifiant, motDePasse, c.territoire); err != nil {
			return fmt.Errorf("demo: account %s: %w", c.identifiant, err)
		}
	}
	return nil
}

func (c compteDemo) nouveau(motDePasse string, now time.Time) (compte.Nouveau, error) {
	empreinte, err := compte.Hacher(motDePasse)
	if err != nil {
		return compte.Nouveau{}, err
	}
	n := compte.Nouveau{
		Identifiant: c.identifiant, Civilite: c.qui.Civilite, Nom: c.qui.Nom, Prenom: c.qui.Prenom,
		Empreinte: empreinte, Cle: otp.Nouvelle(), CreeLe: now,
	}
	if c.initial {
		end := now.Add(initialDuree)
		n.InitialJusquA = &end
	}
	for _, code := range c.codes {
		n.Habilitations = append(n.Habilitations, compte.Mandat{Role: c.role, Territoire: code, Debut: now.AddDate(-1, 0, 0)})
	}
	return n, nil
}

// Compte is an account of a demonstration and its key.
type Compte struct {
	Role          habilitation.Role
	Identifiant   string
	MotDePasse    string
	Territoire    string
	NumeroSerie   string
	SecretChiffre []byte
	Algorithme    string
	Chiffres      int
	Periode       int
}

const listSQL = `
	select d.role, d.identifiant, d.mot_de_passe, d.territoire, k.numero_serie, k.secret_chiffre, k.algorithme,
		k.chiffres::int, k.periode::int
	from demo.compte_demo d
	join compte c on c.identifiant = d.identifiant
	join cle k on k.compte_id = c.id and k.active and k.type <> 'WEBAUTHN'
	order by d.rang`

// Lister reads the accounts of a demonstration.
func Lister(ctx context.Context, tx compte.Lecteur) ([]Compte, error) {
	rows, err := tx.Query(ctx, listSQL)
	if err != nil {
		return nil, fmt.Errorf("demo: list accounts: %w", err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[Compte])
	if err != nil {
		return nil, fmt.Errorf("demo: list accounts: %w", err)
	}
	return list, nil
}

// Code is what the key of the account shows at that time.
func (c Compte) Code(box *coffre.Coffre, now time.Time) (string, error) {
	secret, err := box.Ouvrir(c.SecretChiffre, c.NumeroSerie)
	if err != nil {
		return "", fmt.Errorf("demo: key of %s: %w", c.Identifiant, err)
	}
	return otp.Cle{
		Serie: c.NumeroSerie, Secret: secret, Algorithme: c.Algorithme, Chiffres: c.Chiffres, Periode: c.Periode,
	}.Code(now)
}

// Presents offers the accounts and their present codes to the log-in page.
type Presents struct {
	DB     *territoire.DB
	Coffre *coffre.Coffre
	Now    func() time.Time
}

// Comptes implements compte.Demo.
func (p Presents) Comptes(ctx context.Context) ([]compte.DemoCompte, error) {
	var list []Compte
	err := p.DB.Connexion(ctx, func(tx territoire.Tx) (err error) {
		list, err = Lister(ctx, tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	shown := make([]compte.DemoCompte, len(list))
	for i, c := range list {
		code, err := c.Code(p.Coffre, p.Now())
		if err != nil {
			return nil, err
		}
		shown[i] = compte.DemoCompte{
			Role: c.Role, Identifiant: c.Identifiant, MotDePasse: c.MotDePasse, Territoire: c.Territoire, Code: code,
		}
	}
	return shown, nil
}
