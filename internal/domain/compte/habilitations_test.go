package compte

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

func TestMairieDe(t *testing.T) {
	for commune, want := range map[string]string{
		"Tarbes": "Mairie de Tarbes", "Aureilhan": "Mairie d’Aureilhan", "Éauze": "Mairie d’Éauze", "Œuilly": "Mairie d’Œuilly",
		"Le Havre": "Mairie du Havre", "Les Angles": "Mairie des Angles", "La Barthe-de-Neste": "Mairie de La Barthe-de-Neste",
		"L’Isle-en-Dodon": "Mairie de L’Isle-en-Dodon", "Hèches": "Mairie de Hèches", "Lespouey": "Mairie de Lespouey", "": "Mairie de ",
	} {
		if got := MairieDe(commune); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// An agent bears the names that the banner shows and the codes that pages need, whatever his role.
func TestAgents(t *testing.T) {
	for _, tt := range []struct {
		role                             habilitation.Role
		code, territoire, ecole, commune string
	}{
		{habilitation.Mairie, "65440", "Mairie de Tarbes", "", "65440"},
		{habilitation.Mairie, "65047", "Mairie d’Aureilhan", "", "65047"},
		{habilitation.Directeur, "0650001A", "École élémentaire Jean-Jaurès, Tarbes", "0650001A", ""},
		{habilitation.IEN, "0650050A", "Tarbes Ouest", "", ""},
		{habilitation.IA, "65", "Hautes-Pyrénées", "", ""},
		{habilitation.Service, "65", "Hautes-Pyrénées", "", ""},
		{habilitation.College, "0650002B", "Collège Paul-Éluard, Tarbes", "", ""},
		{habilitation.Statistique, "16", "Toulouse", "", ""},
		{habilitation.Statistique, "", "France entière", "", ""},
	} {
		t.Run(string(tt.role)+" "+tt.code, func(t *testing.T) {
			m := newMonde(t)
			id, _ := m.compte("claire.fabre", Mandat{Role: tt.role, Territoire: tt.code, Debut: m.now})
			agents, err := m.gate.Agents(t.Context(), id, m.now)
			if err != nil || len(agents) != 1 {
				t.Fatalf("got %v, %v", agents, err)
			}
			a := agents[0]
			want := habilitation.Agent{
				Compte: id, Habilitation: a.Habilitation, Role: tt.role, Civilite: "Mme", Nom: "Claire Fabre", Territoire: tt.territoire,
				Ecole: tt.ecole, Commune: tt.commune, Maintenant: m.now,
			}
			if a != want {
				t.Errorf("got %+v, want %+v", a, want)
			}
		})
	}
}

// A habilitation opens on its first day and closes after its last one.
func TestAgentsOfTheDay(t *testing.T) {
	m := newMonde(t)
	day := func(n int) *time.Time { d := m.now.AddDate(0, 0, n); return &d }
	mandat := func(code string, debut, fin int) Mandat {
		return Mandat{habilitation.Mairie, code, *day(debut), day(fin)}
	}
	id, _ := m.compte("claire.fabre", mandat("65440", -5, -1), mandat("65440", -5, 0), mandat("65047", 0, 5), mandat("65047", 1, 5))
	for n, want := range map[int]int{-6: 0, -5: 2, -1: 2, 0: 2, 1: 2, 5: 2, 6: 0} {
		agents, err := m.gate.Agents(t.Context(), id, *day(n))
		if err != nil || len(agents) != want {
			t.Errorf("day %d: got %d, %v, want %d", n, len(agents), err, want)
		}
		for _, a := range agents {
			if a.Plusieurs != (want > 1) {
				t.Errorf("day %d: Plusieurs is %v", n, a.Plusieurs)
			}
		}
	}
	m.exec(`update compte set actif = false`)
	if agents, err := m.gate.Agents(t.Context(), id, m.now); err != nil || len(agents) != 0 {
		t.Errorf("a suspended account may still act: %v, %v", agents, err)
	}
}

func TestCreerRefusesPublicNumbers(t *testing.T) {
	m := newMonde(t)
	_, err := Creer(t.Context(), m.owner, m.gate.Coffre, Nouveau{Identifiant: "0650001a", Cle: otp.Nouvelle(), CreeLe: m.now})
	if r, ok := refusal.As(err); !ok || r.Field != "identifiant" {
		t.Errorf("got %v", err)
	}
	// The base refuses by itself what went round the rule.
	for _, identifiant := range []string{"0650001a", "65440", "2a004", "Claire"} {
		_, err := m.owner.Exec(t.Context(), `savepoint s`)
		if err == nil {
			_, err = m.owner.Exec(t.Context(), `insert into compte (id, identifiant, nom, prenom, mot_de_passe, a_changer, cree_le)
				values (gen_random_uuid(), $1, '', '', '', false, now())`, identifiant)
		}
		if err == nil {
			t.Errorf("%q is accepted by the base", identifiant)
		}
		m.exec(`rollback to s`)
	}
}

// Only a habilitation granted, within its dates, opens anything: the choice of the log-in and the base agree (ACL-11).
func TestOnlyAGrantedHabilitationOpens(t *testing.T) {
	for etat, tt := range map[string]struct {
		sql   string
		opens bool
	}{
		"demandee": {`etat = 'demandee', demandee_par = $2`, false},
		"refusee":  {`etat = 'refusee', demandee_par = $2, decidee_par = $3, refus_motif = 'dates'`, false},
		"retiree":  {`etat = 'retiree', retiree_par = $2`, false},
		"accordee": {`demandee_par = $2, decidee_par = $3`, true}, // control
	} {
		t.Run(etat, func(t *testing.T) {
			m := newMonde(t)
			id, _ := m.directrice()
			service, _ := m.compte("jean.abadie")
			ia, _ := m.compte("anne.duclos")
			m.exec(`update habilitation set `+tt.sql+` where compte_id = $1 and ($2::uuid <> $3::uuid)`, id, service, ia)
			agents, err := m.gate.Agents(t.Context(), id, m.now)
			if err != nil || len(agents) == 1 != tt.opens {
				t.Errorf("the log-in offers %v, %v", agents, err)
			}
			p := territoire.Portee{Role: "directeur", Compte: id, Le: m.now,
				Habilitation: lire[uuid.UUID](m, `select id from habilitation where compte_id = $1`, id)}
			err = m.gate.DB.Lire(t.Context(), p, func(*territoire.Lecture) {})
			if errors.Is(err, territoire.ErrPorteeClose) == tt.opens {
				t.Errorf("the base answers %v", err)
			}
		})
	}
}

// The base itself refuses that one person asks and grants, or grants to himself, or delegates to himself (ACL-11).
func TestFourEyesAreHeldByTheBase(t *testing.T) {
	m := newMonde(t)
	id, _ := m.directrice()
	service, _ := m.compte("jean.abadie")
	ia, _ := m.compte("anne.duclos")
	for name, tt := range map[string]struct {
		sql        string
		a, b       uuid.UUID
		constraint string
	}{
		"asks and grants":       {`demandee_par = $2, decidee_par = $3`, service, service, "nul_n_accorde_ce_qu_il_a_demande"},
		"grants to himself":     {`demandee_par = $2, decidee_par = $3`, service, id, "nul_ne_s_habilite"},
		"delegates to himself":  {`delegation = 'gestion', fin = debut, delegue_par = $3`, service, id, "nul_ne_se_delegue"},
		"delegates for ever":    {`delegation = 'gestion', delegue_par = $3`, service, ia, "une_delegation_a_un_auteur_une_ecole_et_une_fin"},
		"withdraws in no name":  {`etat = 'retiree'`, service, ia, "un_retrait_a_un_auteur"},
		"two persons (control)": {`demandee_par = $2, decidee_par = $3`, service, ia, ""},
	} {
		m.exec(`savepoint s`)
		_, err := m.owner.Exec(t.Context(), `update habilitation set `+tt.sql+` where compte_id = $1 and ($2::uuid is not null and $3::uuid is not null)`, id, tt.a, tt.b)
		var pg *pgconn.PgError
		if got := ""; errors.As(err, &pg) {
			got = pg.ConstraintName
			if got != tt.constraint {
				t.Errorf("%s: the base says %q (%v), want %q", name, got, err, tt.constraint)
			}
		} else if err != nil || tt.constraint != "" {
			t.Errorf("%s: got %v, want %q", name, err, tt.constraint)
		}
		m.exec(`rollback to s`)
	}
}

// Neither the service nor the IA reads a password or the secret of a key (AUT-17); they read the accounts of their
// département, and no other.
func TestNobodyReadsASecret(t *testing.T) {
	m := newMonde(t)
	m.directrice()
	service, _ := m.compte("jean.abadie", Mandat{Role: habilitation.Service, Territoire: "65", Debut: m.now})
	m.exec(`insert into departement (code, nom, academie_code) values ('32', 'Gers', '16')`)
	m.compte("paul.gers", Mandat{Role: habilitation.IA, Territoire: "32", Debut: m.now})
	for _, c := range []string{"compte.mot_de_passe", "cle.secret_chiffre"} {
		table, column, _ := strings.Cut(c, ".")
		for role, may := range map[string]bool{"be_service": false, "be_ia": false, "be_directeur": false, "be_connexion": true} {
			if got := lire[bool](m, `select has_column_privilege($1, $2, $3, 'select')`, role, table, column); got != may {
				t.Errorf("%s reads %s: %v", role, c, got)
			}
		}
	}
	p := territoire.Portee{Role: "service", Compte: service, Le: m.now,
		Habilitation: lire[uuid.UUID](m, `select id from habilitation where compte_id = $1`, service)}
	var comptes, habilitations, cles int
	if err := m.gate.DB.Lire(t.Context(), p, func(l *territoire.Lecture) {
		territoire.Valeur(l, &comptes, `select count(*) from compte`)
		territoire.Valeur(l, &habilitations, `select count(*) from habilitation`)
		territoire.Valeur(l, &cles, `select count(*) from cle`)
	}); err != nil || comptes != 2 || habilitations != 2 || cles != 2 {
		t.Errorf("the service reads %d accounts, %d habilitations, %d keys, %v; want 2 of each", comptes, habilitations, cles, err)
	}
}

// The first habilitation of an IA is granted by the owner of the base; no other is.
func TestFirstIAIsGrantedByTheOwner(t *testing.T) {
	m := newMonde(t)
	service, _ := m.compte("jean.abadie", Mandat{Role: habilitation.Service, Territoire: "65", Debut: m.now})
	for _, name := range []string{"anne.duclos", "paul.gers"} {
		id, _ := m.compte(name, Mandat{Role: habilitation.IA, Territoire: "65", Debut: m.now})
		m.exec(`update habilitation set etat = 'demandee', demandee_par = $2 where compte_id = $1`, id, service)
	}
	for _, tt := range []struct {
		identifiant string
		want        error
	}{{"jean.abadie", ErrPremiere}, {"personne", ErrPremiere}, {"anne.duclos", nil}, {"anne.duclos", ErrPremiere}, {"paul.gers", ErrPremiere}} {
		if err := HabiliterPremiere(t.Context(), m.owner, tt.identifiant, m.now); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.identifiant, err, tt.want)
		}
	}
}

// The secret of a letter is read whatever its dashes and capitals, serves until it is changed, and cannot become the
// password (AUT-3).
func TestActivationSecret(t *testing.T) {
	m := newMonde(t)
	id, _ := m.directrice()
	secret := NouvelleActivation()
	empreinte, err := m.gate.EmpreinteActivation(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	m.exec(`update compte set mot_de_passe = $1, a_changer = true, initial_jusqu_au = $2`, empreinte, m.now.Add(ActivationDuree))
	typed := strings.ToLower(strings.ReplaceAll(secret, "-", " "))
	m.wants(m.motDePasse("claire.fabre", secret), "")
	m.wants(m.motDePasse("claire.fabre", typed), "")
	m.wants(m.gate.Changer(t.Context(), m.visite(), id, Choix{Nouveau: typed, Confirmation: typed}), "Choisissez un mot de passe différent de l’actuel.")
	m.now = m.now.Add(ActivationDuree + time.Second)
	m.wants(m.motDePasse("claire.fabre", secret), "Ce mot de passe n’est plus valable\u00a0: il fallait le changer à temps. Demandez une lettre au service informatique.")
	m.wants(m.gate.Changer(t.Context(), m.visite(), id, Choix{Nouveau: bon, Confirmation: bon}), "")
	m.wants(m.motDePasse("claire.fabre", secret), errIncorrect.Motif)
	m.wants(m.motDePasse("claire.fabre", bon), "")
	if strings.Contains(lire[string](m, `select mot_de_passe from compte`), empreinte) {
		t.Error("the old hash is kept")
	}
}

// A passphrase of twenty letters has the shape of a letter's secret, and is none: who must choose a new password, the
// emergency stop having asked for it, still comes in by the one he has, and does not choose it again.
func TestRenewalOfAPassphraseShapedAsASecret(t *testing.T) {
	const phrase = "soleil orage lampe vent"
	m := newMonde(t)
	id, _ := m.directrice()
	empreinte, err := Hacher(phrase)
	if err != nil {
		t.Fatal(err)
	}
	m.exec(`update compte set mot_de_passe = $1`, empreinte)
	m.wants(m.motDePasse("claire.fabre", phrase), "") // the control: it is the password
	m.exec(`update compte set a_changer = true, initial_jusqu_au = $1`, m.now.Add(time.Hour))
	m.wants(m.motDePasse("claire.fabre", phrase), "")
	m.wants(m.motDePasse("claire.fabre", strings.ToUpper(phrase)), errIncorrect.Motif) // capitals count in a password
	m.wants(m.gate.Changer(t.Context(), m.visite(), id, Choix{Nouveau: phrase, Confirmation: phrase}), "Choisissez un mot de passe différent de l’actuel.")
}

// An IA who has left closes nobody's door: once his account is suspended, the owner of the base grants another first one.
func TestFirstIAAfterTheOnlyOneIsSuspended(t *testing.T) {
	m := newMonde(t)
	service, _ := m.compte("jean.abadie", Mandat{Role: habilitation.Service, Territoire: "65", Debut: m.now})
	gone, _ := m.compte("anne.duclos", Mandat{Role: habilitation.IA, Territoire: "65", Debut: m.now})
	id, _ := m.compte("paul.gers", Mandat{Role: habilitation.IA, Territoire: "65", Debut: m.now})
	m.exec(`update habilitation set etat = 'demandee', demandee_par = $2 where compte_id = $1`, id, service)
	if err := HabiliterPremiere(t.Context(), m.owner, "paul.gers", m.now); !errors.Is(err, ErrPremiere) {
		t.Errorf("beside one in office: %v", err)
	}
	m.exec(`update compte set actif = false, suspension_motif = 'depart', suspendu_le = $2 where id = $1`, gone, m.now)
	if err := HabiliterPremiere(t.Context(), m.owner, "paul.gers", m.now); err != nil {
		t.Errorf("after he has left: %v", err)
	}
}
