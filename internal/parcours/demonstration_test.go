package parcours_test

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"base-eleves/internal/app"
	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/httpx"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/postgres/sessions"
	"base-eleves/internal/territoire"
)

// demonstration is the application served on a département of demonstration, as `make run` does it.
type demonstration struct {
	t        testing.TB
	url      string
	site     *httpx.Site
	registre immatriculation.Registre

	mu  sync.Mutex
	now time.Time
}

// matin is the instant at which the story begins: a Friday of November.
var matin = time.Date(2026, time.November, 20, 9, 0, 0, 0, time.FixedZone("Europe/Paris", 3600))

// boite holds the secrets of the accounts.
func boite() (*coffre.Coffre, error) { return coffre.New(make([]byte, 32)) }

// departement is the base of `make run` on that morning.
var departement = postgrestest.Filled{Fill: func(ctx context.Context, dsn string) error {
	box, err := boite()
	if err != nil {
		return err
	}
	_, err = demo.Remplir(ctx, dsn, demo.Options{Graine: demo.Graine, AnneePrecedente: true, Maintenant: matin, Coffre: box})
	return err
}}

// start serves a copy of the département on loopback.
func start(t testing.TB) *demonstration {
	t.Helper()
	ctx := context.Background()
	box, err := boite()
	if err != nil {
		t.Fatal(err)
	}
	db, connexion, err := territoire.Connecter(ctx, departement.Clone(t))
	if err != nil {
		t.Fatal(err)
	}
	store := sessions.New(sessions.Base{Pool: connexion, Contenu: httpx.Contenu{}})
	t.Cleanup(db.Fermer)
	d := &demonstration{t: t, now: matin}
	d.site = &httpx.Site{
		DB: db, Sessions: httpx.NewSessions(store, false), Now: d.clock, Secret: box.Cle("formulaires"), Coffre: box, Demo: true,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Sceaux: sceau.New(box.Cle("sceau 1")),
	}
	d.site.Comptes = demo.Presents{DB: db, Coffre: box, Now: d.clock}
	d.registre = immatriculation.Registre{DB: db, Now: d.clock}
	server := httptest.NewServer(app.New(d.site))
	t.Cleanup(server.Close)
	d.url, d.site.Origine = server.URL, server.URL
	return d
}

func (d *demonstration) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// pass lets time pass: a code of a key is good once, the next one comes half a minute later.
func (d *demonstration) pass(duration time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(duration)
}

// compte is an account of the demonstration, with the code that its key shows now.
func (d *demonstration) compte(identifiant string) compte.DemoCompte {
	d.t.Helper()
	list, err := d.site.Comptes.Comptes(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, c := range list {
		if c.Identifiant == identifiant {
			return c
		}
	}
	d.t.Fatalf("no account %s in the demonstration", identifiant)
	return compte.DemoCompte{}
}

// attribuer answers the demands of INE that wait, as the register does beside the server.
func (d *demonstration) attribuer() {
	d.t.Helper()
	if _, err := d.registre.Traiter(context.Background()); err != nil {
		d.t.Fatal(err)
	}
}
