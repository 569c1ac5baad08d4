package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"base-eleves/internal/domain/coffre"
)

// drawSecret draws the secret of the private base. Of two processes that start together one writes it, in a file that
// is whole when it appears; the other reads it.
func drawSecret(name string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	secret := make([]byte, coffre.Taille)
	_, _ = rand.Read(secret)                               // never fails
	f, err := os.CreateTemp(filepath.Dir(name), "secret-") // 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(secret))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), name); errors.Is(err, fs.ErrExist) {
		return keptSecret(name)
	} else if err != nil {
		return nil, err
	}
	return secret, nil
}

// keptSecret reads the secret of the private base, drawn the first time.
func keptSecret(name string) ([]byte, error) {
	content, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return drawSecret(name)
	}
	if err != nil {
		return nil, err
	}
	return decodeSecret(string(content))
}
