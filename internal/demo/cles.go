package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
)

// cleDemo is a hardware key: where it is in its life, and how long ago it came there.
type cleDemo struct {
	etat, motif string
	role        habilitation.Role // of its holder, who has an application besides
	jours       int
	kind        string
}

// clesDemo are those that the stock has beside the applications of the accounts: most have never left it.
var clesDemo = append([]cleDemo{
	{etat: "perdue", role: habilitation.Directeur, jours: 12, kind: otp.TOTP},
	{etat: "attribuee", role: habilitation.Mairie, jours: 2, kind: otp.TOTP},
	{etat: "restituee", role: habilitation.IEN, jours: 80, kind: otp.TOTP},
	{etat: "suspendue", motif: "essais", role: habilitation.IA, jours: 5, kind: otp.HOTP},
}, enStock(10)...)

func enStock(n int) []cleDemo {
	list := make([]cleDemo, n)
	for i := range list {
		list[i] = cleDemo{etat: "stock", jours: 150, kind: otp.TOTP}
		if i%5 == 4 {
			list[i].kind = otp.HOTP
		}
	}
	return list
}

const cleDemoSQL = `
	insert into cle (id, numero_serie, secret_chiffre, type, dernier_pas, departement_code, etat, motif, etat_le, etat_par, compte_id)
	select $1, $2, $3, $4, $5, s.departement_code, $6, $7, $8, s.compte_id,
		case when $6 <> 'stock' then (select h.compte_id from habilitation h join compte c on c.id = h.compte_id
			where h.role = $9 and c.departement_code = s.departement_code order by c.identifiant limit 1) end
	from (select compte_id, departement_code from habilitation where role = 'service' order by departement_code desc, compte_id limit 1) s`

// creerStock makes the hardware keys of the département. Nobody's log-in goes by one of them.
func creerStock(ctx context.Context, tx pgx.Tx, o Options) error {
	for i, d := range clesDemo {
		k := otp.Nouvelle()
		k.Serie, k.Type = fmt.Sprintf("FT-26%05d", 41207+i), d.kind
		if _, err := tx.Exec(ctx, cleDemoSQL, uuid.New(), k.Serie, o.Coffre.Sceller(k.Secret, k.Serie), k.Type, k.Neuve().Dernier,
			d.etat, d.motif, o.Maintenant.Add(-time.Duration(d.jours)*24*time.Hour), string(d.role)); err != nil {
			return fmt.Errorf("demo: keys in stock: %w", err)
		}
	}
	return nil
}
