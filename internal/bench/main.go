// Command bench measures the application against PostgreSQL itself, on a generated base: `make bench` comes here. It
// starts the program as it is served, on a private PostgreSQL of its own, asks for real pages over loopback HTTP, and
// has pgbench send the very statements of these pages, in turn and in the same minutes. Only the ratios mean something:
// machines drift. It prints and asserts nothing.
package main

import (
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"
	_ "time/tzdata" // as in the program measured

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/postgres/pgdev"
)

// options are what the command line says.
type options struct {
	pupils  int
	big     int
	rounds  int
	during  time.Duration
	folder  string
	program string
	other   string
	parts   *regexp.Regexp
	lines   *regexp.Regexp
}

// conns is the number of connections that ask for pages, and of those of pgbench.
const conns = 8

func main() {
	o, err := parse()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse() (options, error) {
	var o options
	flag.IntVar(&o.pupils, "eleves", 60_000, "pupils of the base")
	flag.IntVar(&o.big, "grand", 0, "pupils of a second base, measured in turn with the first; 0 for none")
	flag.IntVar(&o.rounds, "rounds", 5, "times that each line is measured")
	flag.DurationVar(&o.during, "during", 2*time.Second, "how long each time, in whole seconds")
	flag.StringVar(&o.folder, "server", "var/pg-bench", "folder of the private PostgreSQL")
	flag.StringVar(&o.program, "program", "bin/base-eleves", "program to measure")
	flag.StringVar(&o.other, "other", "", "another version of the program, measured in turn with the first")
	parts := flag.String("parts", "", "only the parts that match: pages, rates, plans, papers, lists, memory, doublons, reprise, repartition, restructuration, rentree, extraction, journal")
	lines := flag.String("lines", "", "only the lines of rates that match")
	flag.Parse()
	var err, lineErr error
	o.parts, err = regexp.Compile(*parts)
	o.lines, lineErr = regexp.Compile(*lines)
	return o, errors.Join(err, lineErr)
}

// settings of a PostgreSQL that holds its base in memory, as an installation of that size would.
const settings = "shared_buffers=1GB effective_cache_size=4GB max_wal_size=4GB checkpoint_timeout=30min random_page_cost=1.1"

// run measures everything and prints it.
func run(ctx context.Context, o options) error {
	if os.Getenv("BASE_ELEVES_PG_REGLAGES") == "" {
		if err := os.Setenv("BASE_ELEVES_PG_REGLAGES", settings); err != nil {
			return err
		}
	}
	box, secret, err := openBox()
	if err != nil {
		return err
	}
	server, err := pgdev.Open(ctx, o.folder, tell)
	if err != nil {
		return err
	}
	defer server.Close()
	b := bench{options: o, pg: server, box: box, out: os.Stdout}
	for _, pupils := range []int{o.pupils, o.big} {
		if pupils == 0 {
			continue
		}
		w, err := openWorld(ctx, server, pupils, o, box, secret)
		if err != nil {
			return err
		}
		defer w.close()
		b.worlds = append(b.worlds, w)
	}
	return b.run(ctx)
}

// openBox opens the box of the base: BASE_ELEVES_SECRET when the base was filled with another than ours, which is no
// secret since the base is no real one.
func openBox() (*coffre.Coffre, string, error) {
	secret := os.Getenv("BASE_ELEVES_SECRET")
	if secret == "" {
		secret = base64.StdEncoding.EncodeToString(make([]byte, coffre.Taille))
	}
	raw, err := base64.StdEncoding.DecodeString(secret)
	if err != nil {
		return nil, "", errors.New("BASE_ELEVES_SECRET is not base64")
	}
	box, err := coffre.New(raw)
	return box, secret, err
}

// tell writes what takes time; standard output is for figures.
func tell(line string) { fmt.Fprintln(os.Stderr, line) }
