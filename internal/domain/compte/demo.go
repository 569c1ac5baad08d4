package compte

import (
	"context"

	"base-eleves/internal/domain/habilitation"
)

// Demo lists the accounts of a demo base, for the log-in page to offer. No other base has one.
type Demo interface {
	Comptes(ctx context.Context) ([]DemoCompte, error)
}

// DemoCompte is an account anybody may use, with what its key shows at this moment.
type DemoCompte struct {
	Role        habilitation.Role
	Identifiant string
	MotDePasse  string
	Territoire  string
	Code        string
}
