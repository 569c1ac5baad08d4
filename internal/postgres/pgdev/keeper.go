package pgdev

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

const (
	keeperEnv   = "BASE_ELEVES_GARDIEN_PG"
	settingsEnv = "BASE_ELEVES_PG_REGLAGES"

	keepingFD = 3 // where the first of ExtraFiles arrives

	logLimit   = 10 << 20
	shortLife  = 5 * time.Second
	firstTries = 5                // then the start is refused, and its user told why
	laterTries = 60               // a killed server's processes may hold its memory until their query ends
	patience   = 30 * time.Second // for a fast shutdown and its checkpoint
)

// keeper is a process apart that owns the server: it restarts the server when it crashes, and stops it
// when the last user has left. It cannot be one of the users, since each of them may leave before the others.
type keeper struct {
	Postgres string
	Args     []string
	Home     string
	Sockets  string
	Account  account
}

func newKeeper(p place, bin string, c config) keeper {
	settings := []string{
		"listen_addresses=", "unix_socket_directories=" + p.sockets, "port=" + port,
		"shared_buffers=128MB", "max_connections=200", "timezone=UTC", "log_timezone=UTC",
	}
	if c.disposable {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	settings = append(settings, strings.Fields(os.Getenv(settingsEnv))...)
	args := []string{"-D", p.file("data")}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return keeper{
		Postgres: filepath.Join(bin, "postgres"), Args: args,
		Home: p.home, Sockets: p.sockets, Account: p.account,
	}
}

// hire starts the keeper: this very program, turned into a keeper by init. The lock that proves that
// a keeper is at work passes to it. gone is closed if it ends.
func hire(k keeper, keeping *os.File) (gone <-chan struct{}, err error) {
	order, err := json.Marshal(k)
	if err != nil {
		return nil, err
	}
	log, err := openLog(filepath.Join(k.Home, "postgres.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(self())
	cmd.Args[0] = "base-eleves: keeper of PostgreSQL" // for ps
	cmd.Env = append(os.Environ(), keeperEnv+"="+string(order))
	cmd.Dir = k.Home
	cmd.Stdout, cmd.Stderr = log, log
	cmd.ExtraFiles = []*os.File{keeping}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the keeper of PostgreSQL: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		cmd.Wait()
		close(ended)
	}()
	return ended, nil
}

// openLog continues a log that is not too long.
func openLog(name string) (*os.File, error) {
	flags := os.O_WRONLY | os.O_CREATE | os.O_APPEND
	if info, err := os.Stat(name); err == nil && info.Size() > logLimit {
		flags |= os.O_TRUNC
	}
	return os.OpenFile(name, flags, 0o600)
}

// init turns a process started by hire into a keeper, before anything else of the program runs.
func init() {
	order, ok := os.LookupEnv(keeperEnv)
	if !ok {
		return
	}
	var k keeper
	if err := json.Unmarshal([]byte(order), &k); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if err := k.keep(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// keep runs the server until nobody uses it.
func (k keeper) keep() error {
	syscall.CloseOnExec(keepingFD)
	defer os.RemoveAll(k.Sockets)
	runtime.LockOSThread() // the server dies with the thread that started it (dieWithUs)
	over := k.over()
	tries := firstTries
	for failures := 1; ; failures++ {
		born := time.Now()
		err := k.serve(over)
		if err == nil {
			return nil
		}
		if time.Since(born) > shortLife {
			failures, tries = 1, laterTries
		}
		if failures == tries {
			return err
		}
		time.Sleep(min(time.Duration(failures)*100*time.Millisecond, time.Second))
	}
}

// over is closed when the server has to stop: the last user has left, or the machine is going down.
// The lock on the users is then held until we end, so that the next one waits for us.
func (k keeper) over() <-chan struct{} {
	over := make(chan struct{})
	deserted := make(chan error, 1)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	go func() { deserted <- lockUntilExit(filepath.Join(k.Home, "utilisateurs.lock")) }()
	go func() {
		select {
		case <-deserted:
		case <-ended:
		}
		close(over)
	}()
	return over
}

// serve runs the server once; nil means that it was told to stop.
func (k keeper) serve(over <-chan struct{}) error {
	if err := forgetPrevious(filepath.Join(k.Home, "data"), k.Sockets); err != nil {
		return err
	}
	cmd := k.Account.become(exec.Command(k.Postgres, k.Args...))
	cmd.Dir = k.Home
	cmd.Env = environment()
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	dieWithUs(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		return fmt.Errorf("PostgreSQL ended by itself: %v", err)
	case <-over:
		return stop(cmd.Process, ended)
	}
}

// stop asks for a fast shutdown (SIGINT), then an immediate one (SIGQUIT), from which PostgreSQL recovers.
func stop(server *os.Process, ended <-chan error) error {
	for _, how := range []os.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		if err := server.Signal(how); err != nil {
			break
		}
		select {
		case <-ended:
			return nil
		case <-time.After(patience):
		}
	}
	return nil
}
