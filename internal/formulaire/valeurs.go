package formulaire

import (
	"base-eleves/internal/domain/inscription"
	"base-eleves/web/ui"
)

// Valeurs offers the values of a nomenclature.
func Valeurs(values []inscription.Valeur) []ui.Option {
	list := make([]ui.Option, len(values))
	for i, v := range values {
		list[i] = ui.Option{Value: v.Code, Label: v.Label}
	}
	return list
}
