package demo

import (
	"github.com/google/uuid"

	"base-eleves/internal/demo/bulk"
	"base-eleves/internal/demo/monde"
)

// secondFoyer is the other home of children who live in turn with both parents, uuid.Nil for most.
func secondFoyer(f *monde.Famille) uuid.UUID {
	if f.Alternee {
		return f.Foyers[1]
	}
	return uuid.Nil
}

// accepte tells whether a responsable lets his address be given to the associations of parents: two in three do, the
// same for all his children.
func accepte(responsable uuid.UUID) bool { return responsable[15]%3 != 0 }

// completer writes what the family told in September, in the territory of the pupil.
func (t *tables) completer(e *monde.Eleve, residence string) {
	place := func(row *bulk.Table) { row.TextOrNull(e.Ecole).Text(e.Mairie).TextOrNull(residence) }
	for i, c := range e.Contacts {
		place(t.contact.Row().UUID(c.ID).UUID(e.ID).Text(c.Nom).Text(c.Prenom).Text(c.Lien).Text(c.TelPortable).Text(c.TelFixe).
			Bool(c.Urgence).Bool(c.Autorisee).Int2(i + 1))
	}
	if p := e.Periscolaire; p != nil {
		place(t.periscolaire.Row().UUID(e.ID).Int4(int(e.Annee)).Bool(p.GarderieMatin).Bool(p.GarderieSoir).Bool(p.Etude).
			Bool(p.Restaurant).Bool(p.Transport))
	}
	if a := e.Autorisation; a != nil {
		place(t.autorisation.Row().UUID(e.ID).Int4(int(e.Annee)).Text(a.Assureur).Text(a.NumContrat).Bool(a.ResponsabiliteCivile).
			Bool(a.IndividuelleAccident).Bool(a.AttestationFournie).Bool(a.Photo).Bool(a.RentreSeul))
	}
}
