package liste

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
)

// Filtre narrows a list.
type Filtre struct {
	Code   string
	Titre  string
	Saisie Saisie

	roles   []habilitation.Role
	besoins []string
	sql     string // of a line s; ? stands for the value
	lire    func([]string) any
	grains  []Grain // whose own lines it bears on; lines of pupils when there are none
}

// Saisie is how the value of a filter is typed.
type Saisie int

// The ways of typing a value.
const (
	Case      Saisie = iota // a box to tick
	Cases                   // several boxes
	ParmiDeux               // one of the values that the filter knows
	Jour                    // a date
	Propose                 // one of what the base has: classes, groups, schools, communes
)

// EtatFiltre is the filter of the states, which says also what is listed: pupils or inscriptions.
const EtatFiltre = "etat"

// Tous is the state of all who are or have been in the school in the year.
const Tous = "tous"

var filtres = []Filtre{
	{Code: EtatFiltre, Titre: "État", Saisie: ParmiDeux, roles: tous},
	{Code: "ecole", Titre: "École", Saisie: Propose, roles: horsEcole, sql: `s.ecole_uai = ?`, lire: un},
	{Code: "circonscription", Titre: "Circonscription", Saisie: Propose, roles: departement,
		sql: `s.ecole_uai = any (array(select uai from ecole where circonscription_uai = ?))`, lire: un},
	{Code: "niveau", Titre: "Niveaux", Saisie: Cases, roles: tous, sql: `s.niveau = any (?)`, lire: plusieurs},
	{Code: "cycle", Titre: "Cycles", Saisie: Cases, roles: tous, sql: `s.niveau = any (?)`, lire: niveauxDesCycles},
	{Code: "classe", Titre: "Classes", Saisie: Propose, roles: scolaire, sql: `s.classe_id = any (?::uuid[])`, lire: identifiants},
	{Code: "non_reparti", Titre: "Sans classe seulement", roles: scolaire, sql: `s.classe_id is null`},
	{Code: "groupe", Titre: "Groupe", Saisie: Propose, roles: ecoleSeule,
		sql: `s.id = any (array(select scolarite_id from groupe_eleve where groupe_id = any (?::uuid[])))`, lire: identifiants},
	{Code: "dispositif", Titre: "Dispositif", Saisie: ParmiDeux, roles: scolaire, lire: un,
		sql: `s.eleve_id = any (array(select b.eleve_id from beneficiaire b join annee_scolaire y on y.code = any ({annees})
			where b.dispositif = ? and b.debut <= y.fin and (b.fin is null or b.fin >= y.debut)))`},
	{Code: "sexe", Titre: "Sexe", Saisie: ParmiDeux, roles: tous, sql: `s.sexe = ?`, lire: un},
	{Code: "ne_du", Titre: "Nés à partir du", Saisie: Jour, roles: tous, sql: `s.date_naissance >= ?::date`, lire: jour},
	{Code: "ne_au", Titre: "Nés jusqu’au", Saisie: Jour, roles: tous, sql: `s.date_naissance <= ?::date`, lire: jour},
	{Code: "mois", Titre: "Mois de naissance", Saisie: ParmiDeux, roles: tous, sql: `extract(month from s.date_naissance) = ?::int`, lire: mois},
	{Code: "ages", Titre: "Âge atteint dans l’année civile", Saisie: Cases, roles: tous,
		sql: `extract(year from {jour}::date)::int - extract(year from s.date_naissance)::int = any (?::int[])`, lire: nombres},
	{Code: "commune", Titre: "Commune de résidence", Saisie: Propose, roles: tous, besoins: []string{"a"}, sql: `a.commune_insee = ?`, lire: un},
	{Code: "hors_commune", Titre: "Hors de la commune de l’école seulement", roles: tous, besoins: []string{"a", "ec"}, sql: `a.commune_insee <> ec.commune_insee`},
	{Code: "entre_du", Titre: "Arrivés à partir du", Saisie: Jour, roles: tous, sql: `s.date_admission >= ?::date`, lire: jour},
	{Code: "entre_au", Titre: "Arrivés jusqu’au", Saisie: Jour, roles: tous, sql: `s.date_admission <= ?::date`, lire: jour},
	{Code: partiDu, Titre: "Partis à partir du", Saisie: Jour, roles: tous, sql: `s.date_radiation >= ?::date`, lire: jour},
	{Code: partiAu, Titre: "Partis jusqu’au", Saisie: Jour, roles: tous, sql: `s.date_radiation <= ?::date`, lire: jour},
	{Code: "passage", Titre: "Passage", Saisie: ParmiDeux, roles: scolaire, besoins: []string{"p"}, lire: un,
		sql: `case ? when 'sans' then p.decision is null when 'quittant' then p.quittant
			when 'maintien' then p.decision = 'maintien' else p.etat in ('decide', 'accepte', 'confirme') end`},
	{Code: "sans_ine", Titre: "Sans INE seulement", roles: numerique, besoins: []string{"m"}, sql: `m.ine is null`},
	{Code: "service", Titre: "Service périscolaire", Saisie: ParmiDeux, roles: coordonnees, besoins: []string{"v"}, lire: un,
		sql: `s.ici and case ? when 'garderie_matin' then v.garderie_matin when 'restaurant' then v.restaurant when 'etude' then v.etude
			when 'garderie_soir' then v.garderie_soir when 'transport' then v.transport
			else v.garderie_matin or v.restaurant or v.etude or v.garderie_soir or v.transport end`},
	{Code: "sans_attestation", Titre: "Attestation d’assurance manquante seulement", roles: ecoleSeule, besoins: []string{"t"},
		sql: `not coalesce(t.attestation_fournie, false)`},
	{Code: "sans_photo", Titre: "Sans autorisation de photo seulement", roles: ecoleSeule, besoins: []string{"t"}, sql: `not coalesce(t.photo, false)`},
	{Code: "sans_telephone", Titre: "Sans téléphone seulement", roles: coordonnees,
		sql: `s.ici and not exists (select from lien_responsable l join responsable r on r.id = l.responsable_id
			where l.eleve_id = s.eleve_id and ` + telSQL("r") + ` <> '')`},
	{Code: "fratrie", Titre: "Fratries seulement", roles: tous, sql: `s.nombre > 1`, grains: []Grain{Familles}},
	{Code: "autorite", Titre: "Titulaires de l’autorité parentale seulement", roles: tous, sql: `s.autorite_parentale`, grains: []Grain{Responsables}},
	{Code: "associations", Titre: "Accord pour les associations seulement", roles: ecoleSeule, sql: `s.associations`, grains: []Grain{Responsables}},
}

const (
	partiDu = "parti_du"
	partiAu = "parti_au"
)

func filtreDe(code string, role habilitation.Role) (Filtre, bool) {
	for _, f := range filtres {
		if f.Code == code && slices.Contains(f.roles, role) {
			return f, true
		}
	}
	return Filtre{}, false
}

// Filtres are those that a role may use on lines of a grain.
func Filtres(g Grain, role habilitation.Role) (list []Filtre) {
	for _, f := range filtres {
		if slices.Contains(f.roles, role) && f.sur(g) {
			list = append(list, f)
		}
	}
	return list
}

// sur tells whether the filter goes with a grain: one of its own, or that of the pupils of whom every line is made.
func (f Filtre) sur(g Grain) bool { return f.grains == nil || slices.Contains(f.grains, g) }

// valeur is the value bound to the filter; none when what was typed is no value of it, and the filter then keeps nobody.
func (f Filtre) valeur(typed []string) (any, bool) {
	if f.lire == nil {
		return nil, true
	}
	v := f.lire(typed)
	return v, v != nil
}

func un(typed []string) any { return typed[0] }

func plusieurs(typed []string) any { return typed }

func niveauxDesCycles(typed []string) any {
	niveaux := []string{}
	for _, n := range ecole.Niveaux() {
		if slices.Contains(typed, strconv.Itoa(int(n.Cycle()))) {
			niveaux = append(niveaux, string(n))
		}
	}
	return niveaux
}

func identifiants(typed []string) any {
	ids := []uuid.UUID{}
	for _, t := range typed {
		if id, err := uuid.Parse(t); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

func jour(typed []string) any {
	t, err := time.Parse(time.DateOnly, typed[0])
	if err != nil {
		return nil
	}
	return t
}

func mois(typed []string) any {
	n, err := strconv.Atoi(typed[0])
	if err != nil {
		return nil
	}
	return n
}

func nombres(typed []string) any {
	list := []int{}
	for _, t := range typed {
		if n, err := strconv.Atoi(t); err == nil && n > 0 && n < 100 {
			list = append(list, n)
		}
	}
	return list
}

// Valeur is a value that a filter knows, and its words.
type Valeur struct{ Code, Libelle string }

// Valeurs are those of a filter that knows its own.
func (f Filtre) Valeurs() []Valeur {
	switch f.Code {
	case EtatFiltre:
		return etats
	case "niveau":
		return niveaux()
	case "cycle":
		return []Valeur{{"1", "Cycle 1"}, {"2", "Cycle 2"}, {"3", "Cycle 3"}}
	case "ages":
		return ages()
	case "mois":
		return lesMois()
	case "sexe":
		return []Valeur{{"F", "Filles"}, {"M", "Garçons"}}
	case "dispositif":
		return []Valeur{{string(dispositif.ULIS), "ULIS"}, {string(dispositif.UPE2A), "UPE2A"}}
	case "passage":
		return []Valeur{{"sans", "Sans décision"}, {"decides", "Décidés"}, {"maintien", "Maintenus"}, {"quittant", "Quittent l’école"}}
	case "service":
		return services
	}
	return nil
}

var services = []Valeur{{"un", "Au moins un service"}, {"garderie_matin", "Garderie du matin"}, {"restaurant", "Restaurant"}, {"etude", "Étude"},
	{"garderie_soir", "Garderie du soir"}, {"transport", "Transport"}}

func niveaux() (list []Valeur) {
	for _, n := range ecole.Niveaux() {
		list = append(list, Valeur{string(n), string(n)})
	}
	return list
}

func ages() (list []Valeur) {
	for n := 2; n <= 12; n++ {
		list = append(list, Valeur{strconv.Itoa(n), strconv.Itoa(n) + " ans"})
	}
	return list
}

func lesMois() (list []Valeur) {
	for n := 1; n <= 12; n++ {
		list = append(list, Valeur{strconv.Itoa(n), Mois(strconv.Itoa(n))})
	}
	return list
}
