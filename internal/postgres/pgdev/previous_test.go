package pgdev

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

func TestForgetPrevious(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		argument string // of the process whose number postmaster.pid holds, %s being the data
		alive    bool   // afterwards
	}{
		{"a server on these data is told to stop", "%s", false},
		{"a stranger with a recycled number is left alone", "elsewhere", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data := tempDir(t)
			argument := tt.argument
			if argument == "%s" {
				argument = data
			}
			ended := make(chan struct{})
			other := exec.Command("/bin/sh", "-c", "trap exit INT; while :; do sleep 0.01; done", argument)
			if err := other.Start(); err != nil {
				t.Fatal(err)
			}
			go func() {
				other.Wait()
				close(ended)
			}()
			t.Cleanup(func() { other.Process.Kill() })
			pidFile := filepath.Join(data, "postmaster.pid")
			writeFile(t, pidFile, fmt.Sprintf("%d\n%s\n", other.Process.Pid, data), 0o600)

			if err := forgetPrevious(data, data); err != nil {
				t.Fatal(err)
			}
			if !tt.alive {
				select {
				case <-ended:
				case <-time.After(patience): // the end of a process is learnt after the process
					t.Error("the server that a killed keeper left still runs")
				}
				return
			}
			select {
			case <-ended:
				t.Error("a program that is no server of ours was stopped")
			default:
			}
			if _, err := os.Stat(pidFile); err == nil {
				t.Error("postmaster.pid still names a stranger")
			}
		})
	}
}

func TestOwnedBy(t *testing.T) {
	t.Parallel()
	dir, me := tempDir(t), uint32(os.Geteuid())
	link := filepath.Join(dir, "link")
	if err := os.Symlink("/", link); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		dir  string
		uid  uint32
		fine bool
	}{
		{dir, me, true},
		{dir, me + 1, false},
		{link, me, false},
		{filepath.Join(dir, "absent"), me, false},
	} {
		if err := ownedBy(tt.dir, tt.uid); (err == nil) != tt.fine {
			t.Errorf("ownedBy(%s, %d) = %v, want fine %v", tt.dir, tt.uid, err, tt.fine)
		}
	}
}
