package compte

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
)

const refusJeton = "Ce jeton n’est pas valable\u00a0: il a déjà servi, il a expiré, ou il est mal recopié."

func (m *monde) amorce() string {
	m.Helper()
	jeton, err := CreerAmorce(m.Context(), m.owner, m.now)
	if err != nil {
		m.Fatal(err)
	}
	return jeton
}

func demande(jeton string) Demande {
	return Demande{
		Jeton: jeton, Identifiant: "claire.fabre", Civilite: "Mme", Nom: "Fabre", Prenom: "Claire",
		MotDePasse: bon, Confirmation: bon, Departement: "31",
	}
}

// A base without any account lets nobody in (security.md AUT-2).
func TestFreshBaseLetsNobodyIn(t *testing.T) {
	m := newMonde(t)
	if got := lire[int](m, `select count(*)::int from compte`); got != 0 {
		t.Fatalf("a fresh base has %d accounts", got)
	}
	if got := lire[int](m, `select count(*)::int from amorce`); got != 0 {
		t.Fatalf("a fresh base has %d tokens", got)
	}
	for _, identifiant := range []string{"admin", "administrateur", "root", "", "service"} {
		for _, motDePasse := range []string{"admin", "", "password", leurre} {
			if err := m.motDePasse(identifiant, motDePasse); err == nil {
				t.Errorf("%q, %q gets in", identifiant, motDePasse)
			}
		}
	}
	_, err := m.gate.Preparer(t.Context(), m.visite(), demande("jeton"))
	m.wants(err, refusJeton)
	_, err = m.gate.Preparer(t.Context(), m.visite(), demande(""))
	m.wants(err, refusJeton)
}

func TestPremierAdministrateur(t *testing.T) {
	m := newMonde(t)
	jeton := m.amorce()
	p, err := m.gate.Preparer(t.Context(), m.visite(), demande(strings.ToLower(jeton)+" "))
	if err != nil {
		t.Fatal(err)
	}
	cle, err := m.gate.ClePreparee(p)
	if err != nil {
		t.Fatal(err)
	}
	m.wants(m.gate.Amorcer(t.Context(), p, "000", m.now), errCode.Motif)
	if got := lire[int](m, `select count(*)::int from compte`); got != 0 {
		t.Fatal("the account is made before its key works")
	}
	m.wants(m.gate.Amorcer(t.Context(), p, m.present(cle), m.now), "")

	id, err := m.gate.MotDePasse(t.Context(), m.visite(), "claire.fabre", bon)
	m.wants(err, "")
	m.wants(m.code(id, m.present(cle)), errDejaServi.Motif)
	m.now = m.now.Add(30 * time.Second)
	m.wants(m.code(id, m.present(cle)), "")
	agents, err := m.gate.Agents(t.Context(), id, m.now)
	if err != nil || len(agents) != 1 || agents[0].Role != habilitation.Service || agents[0].Territoire != "Haute-Garonne" {
		t.Errorf("got %+v, %v", agents, err)
	}
	if lire[bool](m, `select a_changer from compte`) {
		t.Error("he must change a password that he has chosen")
	}

	_, err = m.gate.Preparer(t.Context(), m.visite(), demande(jeton))
	m.wants(err, refusJeton)
}

func TestAmorceIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(m *monde, d *Demande)
		field string
	}{
		{"un autre jeton", func(_ *monde, d *Demande) { d.Jeton = "AAAAAAAAAAAAAAAAAAAAAAAAAA" }, "amorce"},
		{"soixante-douze heures plus tard", func(m *monde, _ *Demande) { m.now = m.now.Add(AmorceDuree) }, "amorce"},
		{"un jeton plus récent l’a remplacé", func(m *monde, _ *Demande) { m.amorce() }, "amorce"},
		{"un identifiant public", func(_ *monde, d *Demande) { d.Identifiant = "0650001A" }, "identifiant"},
		{"sans nom", func(_ *monde, d *Demande) { d.Nom = "" }, "nom"},
		{"sans prénom", func(_ *monde, d *Demande) { d.Prenom = "" }, "prenom"},
		{"un mot de passe court", func(_ *monde, d *Demande) { d.MotDePasse, d.Confirmation = "court", "court" }, "mot_de_passe"},
		{"mal répété", func(_ *monde, d *Demande) { d.Confirmation = "autre" }, "mot_de_passe_confirmation"},
		{"sans département", func(_ *monde, d *Demande) { d.Departement = "" }, "departement"},
		{"un département sans école", func(_ *monde, d *Demande) { d.Departement = "989" }, "departement"},
		{"une seconde avant", func(m *monde, _ *Demande) { m.now = m.now.Add(AmorceDuree - time.Second) }, ""}, // control
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMonde(t)
			d := demande(m.amorce())
			tt.spoil(m, &d)
			_, err := m.gate.Preparer(t.Context(), m.visite(), d)
			if r, ok := refusal.As(err); r.Field != tt.field || ok != (tt.field != "") {
				t.Errorf("got %v, want a refusal of %q", err, tt.field)
			}
		})
	}
}

// Two administrators prepared with one token: the second is refused, even at the same time.
func TestAmorceServesOnce(t *testing.T) {
	m := newMondeReel(t)
	jeton := m.amorce()
	var prepared [2]Preparation
	for i, identifiant := range []string{"claire.fabre", "jean.abadie"} {
		d := demande(jeton)
		d.Identifiant = identifiant
		p, err := m.gate.Preparer(t.Context(), m.visite(), d)
		if err != nil {
			t.Fatal(err)
		}
		prepared[i] = p
	}
	turn := make(chan Preparation, len(prepared))
	for _, p := range prepared {
		turn <- p
	}
	if got := atParallel(len(prepared), func() bool {
		p := <-turn
		cle, err := m.gate.ClePreparee(p)
		if err != nil {
			t.Error(err)
		}
		return m.gate.Amorcer(t.Context(), p, m.present(cle), m.now) == nil
	}); got != 1 {
		t.Errorf("%d administrators were made with one token", got)
	}
}

func TestAmorceWithAnIdentifierTaken(t *testing.T) {
	m := newMonde(t)
	m.compte("claire.fabre")
	p, err := m.gate.Preparer(t.Context(), m.visite(), demande(m.amorce()))
	if err != nil {
		t.Fatal(err)
	}
	cle, err := m.gate.ClePreparee(p)
	if err != nil {
		t.Fatal(err)
	}
	m.wants(m.gate.Amorcer(t.Context(), p, m.present(cle), m.now), "Cet identifiant est déjà pris. Recommencez avec un autre.")
	if got := lire[int](m, `select count(*)::int from amorce`); got != 1 {
		t.Error("the token is spent for nothing")
	}
}

// Neither the base nor the session that waits can be used in place of the token or of the key.
func TestAmorceIsKeptHashed(t *testing.T) {
	m := newMonde(t)
	jeton := m.amorce()
	if len(jeton) < 16 { // 80 bits of base32
		t.Errorf("a token of %d characters", len(jeton))
	}
	kept := lire[[]byte](m, `select empreinte from amorce`)
	if len(kept) != 32 || bytes.Contains(kept, []byte(jeton[:8])) {
		t.Errorf("the base keeps %q", kept)
	}
	p, err := m.gate.Preparer(t.Context(), m.visite(), demande(jeton))
	if err != nil {
		t.Fatal(err)
	}
	cle, err := m.gate.ClePreparee(p)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(p.Secret, cle.Secret[:4]) || p.Empreinte == bon {
		t.Error("the session shows a secret")
	}
}

// A token that expires between the two pages is not spent any more.
func TestAmorceExpiresWhileTheKeyIsInstalled(t *testing.T) {
	m := newMonde(t)
	p, err := m.gate.Preparer(t.Context(), m.visite(), demande(m.amorce()))
	if err != nil {
		t.Fatal(err)
	}
	cle, err := m.gate.ClePreparee(p)
	if err != nil {
		t.Fatal(err)
	}
	m.now = m.now.Add(AmorceDuree)
	m.wants(m.gate.Amorcer(t.Context(), p, m.present(cle), m.now), refusJeton)
}
