package cle_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// parc is a base of its own, where people hold keys whose secrets are known.
type parc struct {
	*fixture.Monde
	url     string
	conn    *pgx.Conn
	comptes []uuid.UUID
	cles    []otp.Cle
}

func newParc(t *testing.T, n int) *parc {
	t.Helper()
	m, url := fixture.NewClone(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	p := &parc{Monde: m, url: url, conn: conn}
	for i := range n {
		secret := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		k := otp.Cle{Serie: fmt.Sprintf("P-%04d", i), Secret: secret[:20], Type: otp.TOTP, Algorithme: otp.SHA1, Chiffres: 8, Periode: 30}
		id, err := compte.Creer(t.Context(), conn, m.Site.Coffre, compte.Nouveau{
			Identifiant: fmt.Sprintf("p.personne%d", i), Nom: "Personne", Prenom: "Une", Empreinte: "!", Cle: k, CreeLe: m.Heure,
			Habilitations: []compte.Mandat{{Role: habilitation.Directeur, Territoire: fixture.Ecole, Debut: fixture.Rentree}},
		})
		if err != nil {
			t.Fatal(err)
		}
		p.comptes, p.cles = append(p.comptes, id), append(p.cles, k)
	}
	return p
}

// porte is the gate of a process that holds the box.
func (p *parc) porte(box *coffre.Coffre) *compte.Gate {
	p.Helper()
	db, _, err := territoire.Connecter(context.Background(), p.url)
	if err != nil {
		p.Fatal(err)
	}
	p.Cleanup(db.Fermer)
	return compte.NewGate(db, box, slog.New(slog.DiscardHandler))
}

// entrer is the second step of the ith person, on the step of a day: each code serves once.
func (p *parc) entrer(gate *compte.Gate, i, tour int) error {
	now := p.Heure.Add(time.Duration(tour) * time.Minute)
	code, err := p.cles[i].Code(now)
	if err != nil {
		return err
	}
	v := compte.Visite{Adresse: fmt.Sprintf("192.0.2.%d", i), Maintenant: now}
	_, err = gate.Code(context.Background(), v, p.comptes[i], fmt.Sprintf("p.personne%d", i), code)
	return err
}

func neuve(t *testing.T) []byte {
	t.Helper()
	key := sha256.Sum256([]byte("the next key"))
	return key[:]
}

// While secrets are sealed again under another key, people log in by two processes, and nobody is refused. One that has
// not learnt the next key is the control: it can open nothing any more (security.md AUT-15).
func TestTournerPendantLesConnexions(t *testing.T) {
	const personnes = 30
	p := newParc(t, personnes)
	ancien := p.Site.Coffre
	lit, err := ancien.Lisant(neuve(t))
	if err != nil {
		t.Fatal(err)
	}
	ecrit, err := ancien.Sous(neuve(t))
	if err != nil {
		t.Fatal(err)
	}
	portes := []*compte.Gate{p.porte(lit), p.porte(lit)}
	var refuses, entres atomic.Int64
	tours := make(chan int)
	var wg, tour sync.WaitGroup
	for _, gate := range portes {
		wg.Go(func() {
			for n := range tours {
				if err := p.entrer(gate, n%personnes, n/personnes); err != nil {
					refuses.Add(1)
					t.Errorf("log-in %d: %v", n, err)
				} else {
					entres.Add(1)
				}
				tour.Done()
			}
		})
	}
	done := make(chan error, 1)
	for n := range 3 * personnes {
		if n == personnes/2 {
			go func() { _, err := cle.Tourner(context.Background(), p.conn, ecrit); done <- err }()
		}
		if n%personnes == 0 {
			tour.Wait() // a person's code of one step, however slow, comes before that of the next: it would have served
		}
		tour.Add(1)
		tours <- n
	}
	close(tours)
	wg.Wait()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if refuses.Load() != 0 || entres.Load() != 3*personnes {
		t.Errorf("%d log-ins refused, %d let in", refuses.Load(), entres.Load())
	}
	if n, err := cle.Restent(t.Context(), p.conn, ecrit); n != 0 || err != nil {
		t.Errorf("%d secrets are left under the former key (%v)", n, err)
	}
	if n, err := cle.Tourner(t.Context(), p.conn, ecrit); n != 0 || err != nil {
		t.Errorf("again: %d sealed anew (%v)", n, err)
	}
	if err := p.entrer(p.porte(ancien), 0, 10); err == nil {
		t.Error("control: a process that knows the former key alone still opens")
	}
}

// Stopped in the middle, it leaves what both keys open, and is begun again.
func TestTournerReprend(t *testing.T) {
	p := newParc(t, 3)
	ecrit, err := p.Site.Coffre.Sous(neuve(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.conn.Exec(t.Context(), `update cle set secret_chiffre = $1 where numero_serie = 'P-0001'`,
		ecrit.Sceller(p.cles[1].Secret, "P-0001")); err != nil {
		t.Fatal(err)
	}
	if n, err := cle.Tourner(t.Context(), p.conn, ecrit); n != 2 || err != nil {
		t.Errorf("%d sealed anew (%v)", n, err)
	}
	seul, err := coffre.New(neuve(t)) // that key and no other
	if err != nil {
		t.Fatal(err)
	}
	for i := range p.cles {
		if err := p.entrer(p.porte(seul), i, i+1); err != nil {
			t.Errorf("key %d: %v", i, err)
		}
	}
}

// A form that is kept and a file that waits are sealed again with the keys: once the former key is forgotten, both are given
// back whole. The controls: with the next key alone neither could be before, and nothing under the former one is left out.
func TestTournerToutCeQuiEstScelle(t *testing.T) {
	p := newParc(t, 1)
	p.Placer("directeur", p.Present("Lina"), fixture.CE1)
	const page = "/admissions/nouvelle"
	draft := url.Values{"brouillon": {uuid.NewString()}, "nom_famille": {"Cazaux"}}
	if got := p.Post("directeur", "/brouillons?page="+page, draft); got.Code != http.StatusNoContent {
		t.Fatalf("the form is not kept: %d", got.Code)
	}
	asked := p.Post("directeur", "/editions/preparer", url.Values{"document": {"/editions/fiches-urgence"}, "requete": {"classe=toute"}})
	p.Fabriquer()
	read := func() (form, file bool) {
		defer func() { _ = recover() }() // a file that cannot be opened is cut short
		form = strings.Contains(p.Get("directeur", page+"?brouillon="+draft.Get("brouillon")).Body, `value="Cazaux"`)
		paper := p.Get("directeur", asked.Header.Get("Location")+"/contenu").Body
		return form, strings.HasPrefix(paper, "%PDF") && strings.Contains(fixture.Papier(t, paper), "Lina")
	}
	if form, file := read(); !form || !file {
		t.Fatalf("before: the form %v, the file %v", form, file)
	}
	ecrit, err := p.Site.Coffre.Sous(neuve(t))
	if err != nil {
		t.Fatal(err)
	}
	seul, err := coffre.New(neuve(t))
	if err != nil {
		t.Fatal(err)
	}
	ancien := *p.Site.Coffre
	*p.Site.Coffre = *seul
	if form, file := read(); form || file {
		t.Errorf("control: the next key alone opens the form %v, the file %v", form, file)
	}
	if n := p.sous(&ancien); n < 3 {
		t.Errorf("control: %d values under the former key, want a secret, a form and a piece at least", n)
	}
	if _, err := cle.Tourner(t.Context(), p.conn, ecrit); err != nil || p.sous(&ancien) != 0 || p.sous(seul) < 3 {
		t.Errorf("%d values are left under the former key, %d are under the next (%v)", p.sous(&ancien), p.sous(seul), err)
	}
	if form, file := read(); !form || !file {
		t.Errorf("after: the form %v, the file %v", form, file)
	}
}

// sous is how many values of the whole base begin as what the box seals, in bytes or in base64.
func (p *parc) sous(box *coffre.Coffre) int {
	p.Helper()
	head, dump := box.Entete(), p.vider()
	text := base64.StdEncoding.EncodeToString(head)[:6] // what follows is of another secret
	return bytes.Count(dump, []byte(`\x`+hex.EncodeToString(head))) + bytes.Count(dump, []byte("\t"+text))
}

const tablesSQL = `select quote_ident(relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`

// vider is all that the base holds, as pg_dump writes it.
func (p *parc) vider() []byte {
	p.Helper()
	rows, err := p.conn.Query(context.Background(), tablesSQL)
	if err != nil {
		p.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		p.Fatal(err)
	}
	var dump bytes.Buffer
	for _, table := range tables {
		if _, err := p.conn.PgConn().CopyTo(context.Background(), &dump, "copy "+table+" to stdout"); err != nil {
			p.Fatal(err)
		}
	}
	return dump.Bytes()
}

func (p *parc) trouves() (n int) {
	p.Helper()
	dump := bytes.ToLower(p.vider())
	for _, k := range p.cles {
		for _, ecrit := range []string{
			string(k.Secret), hex.EncodeToString(k.Secret), base32.StdEncoding.EncodeToString(k.Secret),
			base64.StdEncoding.EncodeToString(k.Secret), base64.RawURLEncoding.EncodeToString(k.Secret),
		} {
			if bytes.Contains(dump, bytes.ToLower([]byte(ecrit))) {
				n++
			}
		}
	}
	return n
}

// No seed is anywhere in the base, however it would be written, a vendor's file that waits included (security.md AUT-15).
func TestAucuneGraineDansLaBase(t *testing.T) {
	p := newParc(t, 5)
	p.Ecrire("service", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		file := "serie;secret\nHP-1;" + hex.EncodeToString(p.cles[0].Secret) + "\n"
		_, err := cle.Deposer(ctx, tx, a, p.Site.Coffre, "clés.csv", []byte(file))
		return err
	})
	if n := p.trouves(); n != 0 {
		t.Errorf("%d seeds are found", n)
	}
	if _, err := p.conn.Exec(t.Context(), `update compte set prenom = $1 where id = $2`,
		base32.StdEncoding.EncodeToString(p.cles[1].Secret), p.comptes[1]); err != nil {
		t.Fatal(err)
	}
	if n := p.trouves(); n != 1 {
		t.Errorf("control: one seed was written down and %d are found", n)
	}
}
