package compte

import (
	"bytes"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// RFC 6238, appendix B; the key is repeated to the length of the hash.
func TestRFC6238(t *testing.T) {
	key := bytes.Repeat([]byte("1234567890"), 7)
	keys := map[string][]byte{"SHA1": key[:20], "SHA256": key[:32], "SHA512": key[:64]}
	for _, tt := range []struct {
		at                   int64
		sha1, sha256, sha512 string
	}{
		{59, "94287082", "46119246", "90693936"},
		{1111111109, "07081804", "68084774", "25091201"},
		{1111111111, "14050471", "67062674", "99943326"},
		{1234567890, "89005924", "91819424", "93441116"},
		{2000000000, "69279037", "90698825", "38618901"},
		{20000000000, "65353130", "77737706", "47863826"},
	} {
		for algorithme, want := range map[string]string{"SHA1": tt.sha1, "SHA256": tt.sha256, "SHA512": tt.sha512} {
			c := Cle{Secret: keys[algorithme], Algorithme: algorithme, Chiffres: 8, Periode: 30}
			if got, err := c.Code(time.Unix(tt.at, 0)); err != nil || got != want {
				t.Errorf("%s at %d: got %s, %v, want %s", algorithme, tt.at, got, err, want)
			}
		}
	}
}

// RFC 4226, appendix D: the counter is the step.
func TestRFC4226(t *testing.T) {
	c := Cle{Secret: []byte("12345678901234567890"), Algorithme: "SHA1", Chiffres: 6, Periode: 30}
	for pas, want := range strings.Fields("755224 287082 359152 969429 338314 254676 287922 162583 399871 520489") {
		if got, err := c.code(int64(pas)); err != nil || got != want {
			t.Errorf("counter %d: got %s, %v, want %s", pas, got, err, want)
		}
	}
}

// A key may be one step early or late, and a code serves once, the earlier ones with it.
func TestCode(t *testing.T) {
	const wrong, spent = "Ce code n’est pas le bon. Recopiez celui que la clé affiche en ce moment.",
		"Ce code a déjà servi. Attendez que la clé en affiche un nouveau."
	type try struct {
		step  int64
		motif string
	}
	for _, tt := range []struct {
		name  string
		tries []try
	}{
		{"celui du moment", []try{{0, ""}}},
		{"une clé en retard", []try{{-1, ""}}},
		{"une clé en avance", []try{{1, ""}}},
		{"trop en retard", []try{{-2, wrong}}},
		{"trop en avance", []try{{2, wrong}}},
		{"le même deux fois", []try{{0, ""}, {0, spent}}},
		{"un plus ancien ensuite", []try{{0, ""}, {-1, spent}}},
		{"le suivant ensuite", []try{{0, ""}, {1, ""}}},
		{"un faux ne dépense rien", []try{{2, wrong}, {0, ""}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMonde(t)
			id, cle := m.directrice()
			for _, try := range tt.tries {
				code, err := cle.code(cle.pas(m.now) + try.step)
				if err != nil {
					t.Fatal(err)
				}
				m.wants(m.code(id, code), try.motif)
			}
		})
	}
}

func TestCodeAsTyped(t *testing.T) {
	m := newMonde(t)
	id, cle := m.directrice()
	code := m.present(cle)
	for _, typed := range []string{"", "12345", code + "0", "-" + code[1:]} {
		m.wants(m.code(id, typed), errCode.Motif)
	}
	m.wants(m.code(id, " "+code[:3]+"\u00a0"+code[3:]+" "), "")
}

func TestCodeNeedsALiveKeyAndAccount(t *testing.T) {
	for _, sql := range []string{`update cle set active = false`, `update compte set actif = false`, `delete from cle`} {
		t.Run(sql, func(t *testing.T) {
			m := newMonde(t)
			id, cle := m.directrice()
			m.exec(sql)
			m.wants(m.code(id, m.present(cle)), errSansCle.Motif)
		})
	}
}

// A secret moved from another key's row opens nothing: its serial number seals it.
func TestCodeRefusesASecretMovedFromElsewhere(t *testing.T) {
	m := newMonde(t)
	id, _ := m.directrice()
	_, other := m.compte("jean.abadie")
	m.exec(`update cle set secret_chiffre = (select secret_chiffre from cle where numero_serie = $1) where compte_id = $2`,
		other.Serie, id)
	err := m.code(id, m.present(other))
	if _, refused := refusal.As(err); err == nil || refused {
		t.Errorf("got %v, want a breakdown", err)
	}
}

// Fifty submissions of one code: the base lets one through. The control spends it without the guard.
func TestOneCodeFiftyTimes(t *testing.T) {
	m := newMondeReel(t)
	_, cle := m.directrice()
	k, err := lireCle(t.Context(), m.owner, `c.identifiant = $1`, "claire.fabre")
	if err != nil {
		t.Fatal(err)
	}
	spend := func(sql string, pas int64) int {
		return atParallel(50, func() (passed bool) {
			err := m.gate.DB.Connexion(t.Context(), func(tx territoire.Tx) error {
				tag, err := tx.Exec(t.Context(), sql, k.ID, pas)
				passed = err == nil && tag.RowsAffected() == 1
				return err
			})
			if err != nil {
				t.Error(err)
			}
			return passed
		})
	}
	pas := cle.pas(m.now)
	if got := spend(accepterSQL, pas); got != 1 {
		t.Errorf("%d of 50 passed, want 1", got)
	}
	guard := " and dernier_pas < $2"
	if !strings.Contains(accepterSQL, guard) {
		t.Fatal("the control removes a guard that is not there")
	}
	if got := spend(strings.Replace(accepterSQL, guard, "", 1), pas+1); got != 50 {
		t.Errorf("control: without the guard %d of 50 passed, want all", got)
	}
}

// The same through the whole second step, where the brake lets few of them as far as the key.
func TestOneCodeFiftyTimesThroughTheGate(t *testing.T) {
	m := newMondeReel(t)
	id, cle := m.directrice()
	code := m.present(cle)
	if got := atParallel(50, func() bool { return m.code(id, code) == nil }); got != 1 {
		t.Errorf("%d of 50 passed, want 1", got)
	}
}

// No column of the base shows a secret, however it would be written (security.md AUT-15).
func TestSecretsCannotBeReadInTheBase(t *testing.T) {
	m := newMonde(t)
	_, cle := m.directrice()
	dump := lire[string](m, `select string_agg(cle::text, E'\n') from cle`)
	raw := lire[[]byte](m, `select secret_chiffre from cle`)
	for _, shown := range []string{
		hex.EncodeToString(cle.Secret), base32.StdEncoding.EncodeToString(cle.Secret), string(cle.Secret),
	} {
		if strings.Contains(dump, shown) || bytes.Contains(raw, []byte(shown)) {
			t.Errorf("the base holds %q", shown)
		}
	}
	k, err := lireCle(t.Context(), m.owner, `c.identifiant = $1`, "claire.fabre")
	if err != nil {
		t.Fatal(err)
	}
	other, err := coffre.New(bytes.Repeat([]byte{8}, coffre.Taille))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.ouvrir(other); err == nil {
		t.Error("another master key opens it")
	}
	if got, err := k.ouvrir(m.gate.Coffre); err != nil || !bytes.Equal(got.Secret, cle.Secret) {
		t.Errorf("control: got %+v, %v", got, err)
	}
}

func TestNouvelleCle(t *testing.T) {
	a, b := NouvelleCle(), NouvelleCle()
	if len(a.Secret)*8 < 160 || bytes.Equal(a.Secret, b.Secret) || a.Serie == b.Serie {
		t.Errorf("%d bits, or the same twice", len(a.Secret)*8)
	}
	url, err := Cle{Secret: []byte("12345678901234567890"), Algorithme: "SHA1", Chiffres: 6, Periode: 30}.URL("claire.fabre")
	const want = "otpauth://totp/Base%20%C3%A9l%C3%A8ves:claire.fabre?algorithm=SHA1&digits=6" +
		"&issuer=Base%20%C3%A9l%C3%A8ves&period=30&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	if err != nil || url != want {
		t.Errorf("got %s, %v", url, err)
	}
}
