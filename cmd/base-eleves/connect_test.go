package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// Processes that start together keep the same secret, and nobody else reads it.
func TestKeptSecret(t *testing.T) {
	name := filepath.Join(t.TempDir(), "var", "secret")
	got := make([]string, 8)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() {
			s, err := keptSecret(name)
			if err != nil {
				t.Error(err)
			}
			got[i] = string(s)
		})
	}
	all.Wait()
	for _, s := range got {
		if s != got[0] || len(s) != 32 {
			t.Errorf("%q, the first read %q", s, got[0])
		}
	}
	files, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(files) != 1 {
		t.Errorf("left beside the secret: %v, %v", files, err)
	}
	if err := os.WriteFile(name, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := keptSecret(name); err == nil {
		t.Error("a broken secret is taken")
	}
}

func TestRefuseOutside(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:8080": true, "[::1]:8080": true, "127.8.9.10:1": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "192.0.2.1:80": false, "10.0.0.1:80": false, "127.0.0.1": false,
	} {
		if err := refuseOutside(address); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}
