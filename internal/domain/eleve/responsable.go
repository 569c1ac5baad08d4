package eleve

import (
	"context"
	"fmt"
	"net/mail"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Lien is what a responsable is to the pupil: nomenclature N3 of domain.md §3.11.
type Lien string

// Liens lists the values with their words, in the order of the form.
var Liens = []struct {
	Lien  Lien
	Label string
}{
	{"mere", "Mère"}, {"pere", "Père"}, {"tuteur", "Tuteur ou tutrice"}, {"ascendant", "Grand-parent"},
	{"fratrie", "Frère ou sœur"}, {"autre_famille", "Autre membre de la famille"},
	{"ase", "Aide sociale à l’enfance"}, {"assistant_familial", "Assistant familial"},
	{"educateur", "Éducateur"}, {"garde_enfant", "Garde d’enfant"}, {"autre", "Autre lien"},
}

// Label is the lien as shown.
func (l Lien) Label() string {
	for _, v := range Liens {
		if v.Lien == l {
			return v.Label
		}
	}
	return ""
}

// Nature tells a person from an organisation.
type Nature string

// The two natures.
const (
	Personne  Nature = "personne"
	Organisme Nature = "organisme"
)

// Responsable is a person or an organisation, and what it is to one pupil.
type Responsable struct {
	ID                uuid.UUID // of a person whom the register knows, who is linked as he is; Nil for a new one
	Nature            Nature
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	Fonction          string
	TelDomicile       string
	TelTravail        string
	TelPortable       string
	Courriel          string
	Lien              Lien
	AutoriteParentale bool
	// Heberge: the child lives, or also lives, with this person; always so at the same address.
	Heberge bool
	// Associations: name and address may be given to the associations of parents (art. D111-8 of the code de l'éducation).
	Associations bool
	// MemeAdresse: lives where the pupil does; otherwise Adresse, which may be empty.
	MemeAdresse bool
	Adresse     Adresse
}

// NomComplet is how the responsable is named in a list.
func (r Responsable) NomComplet() string {
	if r.Nature == Organisme {
		return r.Organisme
	}
	return strings.TrimSpace(r.Civilite + " " + NomAffiche(r.NomFamille, r.NomUsage) + " " + r.Prenom)
}

// NomPostal is how a letter calls him: « Mme Aurélie O’Sullivan ».
func (r Responsable) NomPostal() string {
	if r.Nature == Organisme {
		return r.Organisme
	}
	return strings.TrimSpace(strings.TrimSpace(r.Civilite+" "+r.Prenom) + " " + NomAffiche(r.NomFamille, r.NomUsage))
}

// Valider says what is missing or wrong. prefix stands before the names of the fields.
func (r Responsable) Valider(prefix string) error {
	var l refusal.List
	if r.Nature == Organisme {
		if r.Organisme == "" {
			l.Add(prefix+"organisme", "Indiquez le nom de l’organisme.")
		}
	} else {
		if r.NomFamille == "" {
			l.Add(prefix+"nom_famille", "Indiquez le nom du responsable.")
		}
		if r.Prenom == "" {
			l.Add(prefix+"prenom", "Indiquez le prénom du responsable.")
		}
	}
	if r.Lien.Label() == "" {
		l.Add(prefix+"lien", "Choisissez le lien avec l’élève.")
	}
	r.validerCoordonnees(prefix, &l)
	if !r.MemeAdresse && !r.Adresse.Vide() {
		_ = l.Take(r.Adresse.Valider(prefix)) // refusals only
	}
	return l.Err()
}

func (r Responsable) validerCoordonnees(prefix string, l *refusal.List) {
	for _, t := range []struct{ field, value string }{
		{"tel_domicile", r.TelDomicile}, {"tel_travail", r.TelTravail}, {"tel_portable", r.TelPortable},
	} {
		if !TelephoneEcrit(t.value) {
			l.Add(prefix+t.field, "Écrivez le téléphone comme 05 62 12 34 56 ou +34 612 345 678.")
		}
	}
	if a, err := mail.ParseAddress(r.Courriel); r.Courriel != "" && (err != nil || a.Address != r.Courriel) {
		l.Add(prefix+"courriel", "Écrivez le courriel comme prenom.nom@exemple.fr.")
	}
}

// TelephoneEcrit tells whether a number can be recorded: none, or one that Telephone has written.
func TelephoneEcrit(s string) bool { return s == "" || telShape.MatchString(s) }

// telShape is a number as Telephone writes it.
var telShape = regexp.MustCompile(`^(0[1-9]( [0-9]{2}){4}|\+[0-9]{1,3}( ?[0-9]{1,4}){2,6})$`)

// Telephone writes a number as it is read aloud: 05 62 12 34 56. What is not a number is left as typed, to be refused.
func Telephone(s string) string {
	digits := strings.NewReplacer(" ", "", ".", "", "-", "", "/", "", "\u00a0", "", "(0)", "").Replace(s)
	digits = strings.Replace(strings.Replace(digits, "+33", "0", 1), "0033", "0", 1)
	if len(digits) != 10 || digits[0] != '0' || strings.Trim(digits, "0123456789") != "" {
		return strings.TrimSpace(s)
	}
	return digits[:2] + " " + digits[2:4] + " " + digits[4:6] + " " + digits[6:8] + " " + digits[8:]
}

const creerResponsableSQL = `
	insert into responsable (id, nature, civilite, nom_famille, nom_usage, prenom, organisme, fonction, adresse_id,
		tel_domicile, tel_travail, tel_portable, courriel)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

const lierSQL = `
	insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, heberge, associations, rang)
	select $1, $2, $3, $4, $5, $6, coalesce(max(rang), 0) + 1 from lien_responsable where eleve_id = $1`

// lierConnuSQL finds nobody whom the agent does not see.
const lierConnuSQL = `
	insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, heberge, associations, rang)
	select $1, r.id, $3, $4, $5, $6, (select coalesce(max(rang), 0) + 1 from lien_responsable where eleve_id = $1)
	from responsable r where r.id = $2`

// AjouterResponsable adds a responsable after those that the pupil has.
func AjouterResponsable(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, r Responsable) error {
	if err := r.Valider(""); err != nil {
		return err
	}
	domicile, err := lockEcriture(ctx, tx, agent, id, 0)
	if err != nil {
		return err
	}
	ajouter(tx, id, domicile, r)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Creer, Objet: "lien_responsable", ID: id, Ecole: agent.Ecole})
	return nil
}

// ajouter records the responsable, the address if it is another one than the pupil's, and the link.
func ajouter(tx territoire.Tx, eleve uuid.UUID, domicile *uuid.UUID, r Responsable) {
	if r.ID != uuid.Nil {
		tx.Queue(lierConnuSQL, eleve, r.ID, r.Lien, r.AutoriteParentale, r.Heberge || r.MemeAdresse, r.Associations)
		return
	}
	id, adresse := uuid.New(), adresseDe(tx, domicile, r)
	tx.Queue(creerResponsableSQL, id, r.Nature, r.Civilite, r.NomFamille, r.NomUsage, r.Prenom,
		r.Organisme, r.Fonction, adresse, r.TelDomicile, r.TelTravail, r.TelPortable, r.Courriel)
	tx.Queue(lierSQL, eleve, id, r.Lien, r.AutoriteParentale, r.Heberge || r.MemeAdresse, r.Associations)
}

func adresseDe(tx territoire.Tx, domicile *uuid.UUID, r Responsable) *uuid.UUID {
	if r.MemeAdresse {
		return domicile
	}
	if r.Adresse.Vide() {
		return nil
	}
	id := creerAdresse(tx, r.Adresse)
	return &id
}

const modifierResponsableSQL = `
	update responsable set nature = $2, civilite = $3, nom_famille = $4, nom_usage = $5, prenom = $6, organisme = $7,
		fonction = $8, adresse_id = $9, tel_domicile = $10, tel_travail = $11, tel_portable = $12, courriel = $13,
		version = version + 1
	where id = $1`

// RetirerResponsable takes a responsable away from the pupil; a pupil keeps one who holds parental authority.
func RetirerResponsable(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve, id uuid.UUID) error {
	if _, err := lockEcriture(ctx, tx, agent, eleve, 0); err != nil {
		return err
	}
	var others int
	if err := tx.QueryRow(ctx, `select count(*) from lien_responsable where eleve_id = $1 and responsable_id <> $2`,
		eleve, id).Scan(&others); err != nil {
		return fmt.Errorf("eleve: count the responsables: %w", err)
	}
	if others == 0 {
		return refusal.InConflict("Un élève garde au moins un responsable\u00a0: ajoutez-en un autre avant de retirer celui-ci.")
	}
	tag, err := tx.Exec(ctx, `delete from lien_responsable where eleve_id = $1 and responsable_id = $2`, eleve, id)
	if err != nil {
		return fmt.Errorf("eleve: remove the responsable: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.NotFound()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Supprimer, Objet: "lien_responsable", ID: id, Ecole: agent.Ecole})
	return nil
}
