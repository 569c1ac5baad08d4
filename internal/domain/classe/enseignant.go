package classe

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Service is why a class has one more teacher.
type Service string

// The services.
const (
	Partage      Service = "partage"
	Complement   Service = "complement"
	Decharge     Service = "decharge"
	Remplacement Service = "remplacement"
)

// Services lists them all.
var Services = []Service{Partage, Complement, Decharge, Remplacement}

// Label is the service as its users name it.
func (s Service) Label() string {
	return map[Service]string{
		Partage: "partage la classe", Complement: "complément de service", Decharge: "décharge de direction", Remplacement: "remplacement",
	}[s]
}

// Autre is one who teaches a class besides its first teacher: a name, no account.
type Autre struct {
	Nom     string  `json:"nom"`
	Service Service `json:"service"`
	Jours   string  `json:"jours"` // « jeudi », "" when not said
}

// MaxAutres is how many a class may have.
const MaxAutres = 3

// String is « M. Rey (décharge de direction, jeudi) ».
func (a Autre) String() string {
	details := []string{a.Service.Label()}
	if a.Jours != "" {
		details = append(details, a.Jours)
	}
	return a.Nom + " (" + strings.Join(details, ", ") + ")"
}

// Enseignants names all who teach a class.
func Enseignants(premier string, autres []Autre) string {
	var noms []string
	if premier != "" {
		noms = append(noms, premier)
	}
	for _, a := range autres {
		noms = append(noms, a.String())
	}
	return strings.Join(noms, ", ")
}

// ChampAutre names the fields of the nth, counted from 1: "enseignant.1.nom".
func ChampAutre(n int, champ string) string { return fmt.Sprintf("enseignant.%d.%s", n, champ) }

func (a Autre) valider(n int) error {
	var l refusal.List
	if a.Nom == "" {
		l.Add(ChampAutre(n, "nom"), "Nommez cet enseignant, ou videz la ligne.")
	}
	if !slices.Contains(Services, a.Service) {
		l.Add(ChampAutre(n, "service"), "Choisissez ce que cet enseignant fait dans la classe.")
	}
	return l.Err()
}

// AutresSQL reads those of a class c.
const AutresSQL = `coalesce((select json_agg(json_build_object('nom', nom, 'service', service, 'jours', jours) order by rang)
	from classe_enseignant where classe_id = c.id), '[]')`

// enseigner makes those of the class the ones given.
func enseigner(tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, autres []Autre) {
	tx.Queue(`delete from classe_enseignant where classe_id = $1`, id)
	for i, a := range autres {
		tx.Queue(`insert into classe_enseignant (classe_id, rang, ecole_uai, nom, service, jours) values ($1, $2, $3, $4, $5, $6)`,
			id, i+1, agent.Ecole, a.Nom, a.Service, a.Jours)
	}
}
