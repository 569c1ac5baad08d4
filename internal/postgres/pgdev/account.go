package pgdev

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// account is who PostgreSQL runs as: it refuses to run as root.
type account struct {
	UID, GID uint32
	Other    bool // not the account of this process
}

// serverAccount returns our own account, or for root the one of Debian's package, or nobody.
func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{UID: uint32(os.Geteuid()), GID: uint32(os.Getegid())}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return account{UID: uint32(uid), GID: uint32(gid), Other: true}, nil
		}
	}
	return account{}, fmt.Errorf("PostgreSQL refuse de tourner sous root et aucun compte « postgres » ni « nobody » n’existe")
}

// become makes a command run as the account, away from our terminal: a Ctrl-C meant for us is not for it.
func (a account) become(cmd *exec.Cmd) *exec.Cmd {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a.Other {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.UID, Gid: a.GID}
	}
	return cmd
}

// enters says whether the account can go into a folder, by going there.
func (a account) enters(dir string) bool {
	cmd := a.become(exec.Command("/bin/sh", "-c", "exit 0"))
	cmd.Dir = dir
	return cmd.Run() == nil
}
