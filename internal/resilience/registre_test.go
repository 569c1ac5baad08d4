package resilience_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/fixture"
)

const (
	clerks = 6
	seed   = 20261121
)

// ecriture is a form and, once it is acknowledged, where its answer leads.
type ecriture struct {
	prenom string
	form   url.Values
	lieu   string
}

// registre is the ledger of a run: the forms, who sends them, and what to break while they do.
type registre struct {
	ecritures []*ecriture
	send      func(form url.Values) fixture.Reponse
	breakIt   func() // called by one goroutine, at moments drawn from the seed
	times     int
}

// run has the clerks send every form until it is acknowledged, and breaks what there is to break as they go.
func (r registre) run(t *testing.T) {
	t.Helper()
	todo, acknowledged := make(chan *ecriture), make(chan struct{})
	var working, breaking sync.WaitGroup
	for range clerks {
		working.Go(func() {
			for e := range todo {
				r.record(t, e)
				acknowledged <- struct{}{}
			}
		})
	}
	breaking.Go(func() {
		if broken := r.breakAsTheyGo(acknowledged); broken != r.times {
			t.Errorf("broken %d times, want %d", broken, r.times)
		}
	})
	for _, e := range r.ecritures {
		todo <- e
	}
	close(todo)
	working.Wait()
	close(acknowledged)
	breaking.Wait()
}

func (r registre) record(t *testing.T, e *ecriture) {
	got := untilAnswered(func() fixture.Reponse { return r.send(e.form) })
	if got.Code != http.StatusSeeOther {
		t.Errorf("%s: %d %s", e.prenom, got.Code, got.Body)
		return
	}
	e.lieu = got.Header.Get("Location")
}

// breakAsTheyGo breaks after so many acknowledgements, drawn one by one. The other clerks work on meanwhile, so that they
// are caught anywhere.
func (r registre) breakAsTheyGo(acknowledged <-chan struct{}) (broken int) {
	draw := rand.New(rand.NewPCG(seed, 0))
	mean := len(r.ecritures) / (r.times + 1)
	wait := draw.IntN(2 * mean)
	for range acknowledged {
		if wait--; wait < 0 && broken < r.times {
			r.breakIt()
			broken++
			wait = draw.IntN(2 * mean)
		}
	}
	return broken
}

// bilan is what the base says of a ledger.
type bilan struct {
	lost     []string // acknowledged, and not there
	doubled  []string
	halfDone int // pupils without the inscription that the same act makes, or either without its line of the journal
}

func (r registre) verify(t *testing.T, dsn string) (b bilan) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, e := range r.ecritures {
		if e.lieu == "" {
			continue
		}
		var children, here int
		id := uuid.MustParse(strings.TrimPrefix(e.lieu, "/inscriptions/"))
		err := conn.QueryRow(t.Context(), `select count(*), count(*) filter (where i.id = $2)
			from eleve e left join inscription i on i.eleve_id = e.id where e.prenom = $1`, e.prenom, id).Scan(&children, &here)
		switch {
		case err != nil:
			t.Fatal(err)
		case here == 0:
			b.lost = append(b.lost, e.prenom)
		case children > 1:
			b.doubled = append(b.doubled, e.prenom)
		}
	}
	b.halfDone = count(t, dsn, `eleve e left join inscription i on i.eleve_id = e.id
		where i.id is null
			or (select count(*) from journal j where j.acte = 'creer' and j.objet_id = e.id) <> 1
			or (select count(*) from journal j where j.acte = 'inscrire' and j.objet_id = i.id) <> 1`)
	return b
}

func (b bilan) clean() bool { return len(b.lost)+len(b.doubled)+b.halfDone == 0 }

func (b bilan) String() string {
	return fmt.Sprintf("lost %v, doubled %v, half done %d", b.lost, b.doubled, b.halfDone)
}
