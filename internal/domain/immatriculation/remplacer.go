package immatriculation

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Remplacer gives one child in two files one number: that of garde, or when garde has none that of remplace. The other
// number, if there is one, goes on leading to garde. It is for the merge of two files and for "the same child"; the base
// refuses it when neither is in the agent's territory, and does nothing when remplace has no number asked for.
func Remplacer(tx territoire.Tx, agent habilitation.Agent, garde, remplace uuid.UUID) {
	tx.Queue(`select remplacer_ine($1, $2, $3)`, garde, remplace, agent.Maintenant)
}

// Retablir undoes Remplacer: remplace has its number again, garde its own or none.
func Retablir(tx territoire.Tx, agent habilitation.Agent, garde, remplace uuid.UUID) {
	tx.Queue(`select retablir_ine($1, $2, $3)`, garde, remplace, agent.Maintenant)
}
