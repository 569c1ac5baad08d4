package historiques

import (
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
)

// auteur names who acted by his role and his territory: accounts are not for who reads here.
type auteur struct {
	moi           bool
	role          habilitation.Role
	lieu, commune string
}

func (a auteur) String() string {
	switch {
	case a.moi:
		return "Vous"
	case a.role == "":
		return "Le système"
	case a.role == habilitation.Mairie && a.lieu != "":
		return compte.MairieDe(a.lieu)
	case a.commune != "":
		return a.role.Label() + ", " + ecole.NomComplet(a.lieu, a.commune)
	case a.lieu != "":
		return a.role.Label() + ", " + a.lieu
	}
	return a.role.Label()
}
