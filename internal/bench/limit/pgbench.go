package limit

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Bench is a page ready to be replayed by pgbench.
type Bench struct {
	Name      string
	URL       string // as the role that is to send it
	Options   string // settings of the connections, as in PGOPTIONS
	program   string
	folder    string
	constants []string
}

// Prepare writes the scripts of a page and the table of its draws, in the base of owner. A name is made of lower-case
// letters and underscores.
func Prepare(ctx context.Context, owner *pgx.Conn, folder, name, url string, pages [][]Statement) (Bench, error) {
	program, err := find(ctx, owner)
	if err != nil {
		return Bench{}, err
	}
	b := Bench{Name: name, URL: url, program: program, folder: folder}
	for perDraw, file := range map[int]string{1: b.file("one"), blocks: b.file("many")} {
		s, err := newScript(fmt.Sprintf("%s_%d", name, perDraw), pages, perDraw)
		if err != nil {
			return b, err
		}
		b.constants = s.constants
		if err := os.WriteFile(file, []byte(s.text), 0o600); err != nil {
			return b, fmt.Errorf("limit: %w", err)
		}
		if err := s.load(ctx, owner, fmt.Sprintf("%s_%d", name, perDraw)); err != nil {
			return b, fmt.Errorf("limit: draws of %s: %w", name, err)
		}
	}
	return b, nil
}

func (b Bench) file(kind string) string { return filepath.Join(b.folder, b.Name+"-"+kind+".sql") }

// load fills the table of draws.
func (s script) load(ctx context.Context, owner *pgx.Conn, table string) error {
	id := pgx.Identifier{"bench", table}
	sql := `drop table if exists ` + id.Sanitize() + `; create table ` + id.Sanitize() + ` (n integer primary key`
	for _, c := range s.columns {
		sql += ", " + c + " text"
	}
	if _, err := owner.Exec(ctx, sql+`); grant select on `+id.Sanitize()+` to public`); err != nil {
		return err
	}
	_, err := owner.CopyFrom(ctx, id, append([]string{"n"}, s.columns...), pgx.CopyFromSlice(len(s.rows), func(n int) ([]any, error) {
		row := []any{n}
		for _, value := range s.rows[n] {
			row = append(row, value)
		}
		return row, nil
	}))
	return err
}

var errNoPgbench = errors.New("limit: pgbench is not installed (Debian: postgresql-contrib or postgresql)")

// find looks for the pgbench of the server's own version.
func find(ctx context.Context, owner *pgx.Conn) (string, error) {
	var version string
	if err := owner.QueryRow(ctx, `show server_version_num`).Scan(&version); err != nil {
		return "", fmt.Errorf("limit: %w", err)
	}
	n, _ := strconv.Atoi(version)
	program := fmt.Sprintf("/usr/lib/postgresql/%d/bin/pgbench", n/10000)
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if program, err := exec.LookPath("pgbench"); err == nil {
		return program, nil
	}
	return "", errNoPgbench
}

// Result is what a run of pgbench did.
type Result struct {
	Rate  float64 // pages a second
	Pages int
	CPU   time.Duration // of pgbench itself
}

// Run sends the page again and again, over that many connections.
func (b Bench) Run(ctx context.Context, conns int, during time.Duration) (Result, error) {
	out, cpu, err := b.run(ctx, conns, during, b.file("many"))
	if err != nil {
		return Result{}, err
	}
	tps, count, err := parse(out)
	return Result{Rate: tps * blocks, Pages: count * blocks, CPU: cpu}, err
}

// Times are those of each page, in order of length; drawing its values is in them.
func (b Bench) Times(ctx context.Context, conns int, during time.Duration) ([]time.Duration, error) {
	prefix := filepath.Join(b.folder, b.Name+"-log")
	if _, _, err := b.run(ctx, conns, during, b.file("one"), "--log", "--log-prefix", prefix); err != nil {
		return nil, err
	}
	files, _ := filepath.Glob(prefix + ".*")
	var times []time.Duration
	for _, name := range files {
		list, err := readLog(name)
		if err != nil {
			return nil, err
		}
		times = append(times, list...)
		_ = os.Remove(name) // in a folder that goes with the bench
	}
	slices.Sort(times)
	return times, nil
}

func (b Bench) run(ctx context.Context, conns int, during time.Duration, file string, more ...string) (out string, cpu time.Duration, err error) {
	args := []string{
		"--no-vacuum", "--protocol", "prepared", "--client", strconv.Itoa(conns), "--jobs", "1",
		"--time", strconv.Itoa(max(1, int(during.Round(time.Second).Seconds()))), "--file", file,
	}
	for _, c := range b.constants {
		args = append(args, "--define", c)
	}
	cmd := exec.CommandContext(ctx, b.program, append(append(args, more...), b.URL)...)
	cmd.Env = append(os.Environ(), "PGOPTIONS="+b.Options)
	said, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(said), "aborted") {
		return "", 0, fmt.Errorf("limit: pgbench %s: %w: %s", b.Name, errors.Join(err, errAborted), said)
	}
	return string(said), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}

var errAborted = errors.New("a client gave up")

var (
	countLine = regexp.MustCompile(`transactions actually processed: (\d+)`)
	tpsLine   = regexp.MustCompile(`tps = ([0-9.]+) `)
)

func parse(out string) (tps float64, count int, err error) {
	n, rate := countLine.FindStringSubmatch(out), tpsLine.FindStringSubmatch(out)
	if n == nil || rate == nil {
		return 0, 0, fmt.Errorf("limit: no rate in what pgbench says: %s", out)
	}
	tps, err = strconv.ParseFloat(rate[1], 64)
	if err != nil {
		return 0, 0, err
	}
	count, err = strconv.Atoi(n[1])
	return tps, count, err
}

// readLog reads a log of pgbench: client, transaction, microseconds…
func readLog(name string) ([]time.Duration, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("limit: %w", err)
	}
	defer f.Close()
	var times []time.Duration
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 3 {
			continue
		}
		if us, err := strconv.Atoi(fields[2]); err == nil {
			times = append(times, time.Duration(us)*time.Microsecond)
		}
	}
	return times, nil
}
