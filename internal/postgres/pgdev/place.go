package pgdev

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
)

const port = "5432"

// place is where one server lives.
type place struct {
	home    string // data, log and locks
	sockets string // a folder of its own in /tmp: the path of a socket has at most 107 bytes
	account account
}

func (p place) file(name string) string { return filepath.Join(p.home, name) }

// settle chooses the folder asked for, else one in /var/tmp: the account of PostgreSQL may be kept
// out of the first (a checkout in /root), or the folder may be another user's.
func settle(dir string) (place, error) {
	a, err := serverAccount()
	if err != nil {
		return place{}, err
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return place{}, err
	}
	elsewhere := filepath.Join("/var/tmp", fmt.Sprintf("base-eleves-%d-%s", os.Geteuid(), digest(dir)))
	for _, home := range []string{dir, elsewhere} {
		if err = claim(home); err == nil && a.enters(home) {
			sockets := filepath.Join("/tmp", fmt.Sprintf("base-eleves-%d-%s", a.UID, digest(home)))
			return place{home: home, sockets: sockets, account: a}, nil
		}
	}
	return place{}, fmt.Errorf("ni %s ni %s ne peuvent accueillir les données de PostgreSQL", dir, elsewhere)
}

// digest shortens a path to a name.
func digest(path string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(path)))[:12]
}

// claim makes sure that a folder exists and is ours.
func claim(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := ownedBy(dir, uint32(os.Geteuid())); err != nil {
		return err
	}
	return os.Chmod(dir, 0o755) // the umask may have closed it to PostgreSQL's account
}

// ownedBy refuses what another user may have laid in our way, links included.
func ownedBy(dir string, uid uint32) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || stat.Uid != uid {
		return fmt.Errorf("%s appartient à un autre compte", dir)
	}
	return nil
}

// makeSockets makes the folder of the socket. Who may enter it may log in as anybody: PostgreSQL's account and root.
func (p place) makeSockets() error {
	if err := os.Mkdir(p.sockets, 0o700); err != nil && !os.IsExist(err) {
		return err
	}
	if err := ownedBy(p.sockets, uint32(os.Geteuid())); err == nil && p.account.Other {
		if err := os.Lchown(p.sockets, int(p.account.UID), int(p.account.GID)); err != nil {
			return err
		}
	}
	if err := ownedBy(p.sockets, p.account.UID); err != nil {
		return err
	}
	return os.Chmod(p.sockets, 0o700)
}

// create runs initdb beside the final place, so that an interrupted one leaves nothing that looks finished.
func (p place) create(ctx context.Context, bin string, log func(string)) error {
	if _, err := os.Stat(p.file("data")); err == nil {
		return nil
	}
	log("Création d’une base PostgreSQL privée dans " + p.home)
	fresh := p.file("data.new")
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return err
	}
	if err := os.Lchown(fresh, int(p.account.UID), int(p.account.GID)); err != nil {
		return err
	}
	if err := p.initdb(ctx, bin, fresh); err != nil {
		return err
	}
	return os.Rename(fresh, p.file("data"))
}

func (p place) initdb(ctx context.Context, bin, data string) error {
	cmd := p.account.become(exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "--pgdata", data,
		"--username", Superuser, "--auth-local", "trust", "--auth-host", "reject",
		"--encoding", "UTF8", "--locale", locale()))
	cmd.Dir = p.home
	cmd.Env = environment()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	return nil
}

// locale knows what a letter is in every alphabet, and sorts by code point; only Linux has it everywhere.
func locale() string {
	if runtime.GOOS == "linux" {
		return "C.UTF-8"
	}
	return "en_US.UTF-8"
}

// environment keeps the PG* variables of the caller away from the server.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=" + locale(), "LC_MESSAGES=C", "TZ=UTC"}
}

// complaint returns what the end of a server's log says of its death, to be shown with an error.
func complaint(name string) string {
	log, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(log)), "\n")
	for _, line := range slices.Backward(lines[max(0, len(lines)-20):]) {
		if strings.Contains(line, "FATAL: ") || strings.Contains(line, "PANIC: ") {
			return line
		}
	}
	return lines[len(lines)-1]
}
