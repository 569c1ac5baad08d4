// Package qualite is where one sees what is missing, late or doubtful in the register, each thing with its reason, its
// lines and the form that mends each. A directeur and a mairie come here to set their files right, an inspection to see
// which schools need help.
package qualite

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /qualite.
type Pages struct{ *httpx.Site }

// path is the address of the page; that of a rule's list is below it.
const path = "/qualite"

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.ConsulterQualite, p.show)
	rt.Get(path+"/{sujet}", habilitation.ConsulterQualite, p.list)
}
