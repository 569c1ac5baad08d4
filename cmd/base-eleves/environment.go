package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// varDir holds what a machine without configuration keeps: its private base and its secret.
const varDir = "var"

// secretLen is the size of the master secret, from which the key of each use is derived.
const secretLen = 32

// environment is what the installation says; everything else is an argument.
type environment struct {
	databaseURL string // DATABASE_URL, "" for the private base
	secret      []byte // BASE_ELEVES_SECRET
	https       bool   // HTTPS=1: visitors come by HTTPS, through the front proxy
	metrics     string // METRIQUES: loopback address of the metrics, "" for none
}

func readEnvironment(get func(string) string) (environment, error) {
	env := environment{
		databaseURL: get("DATABASE_URL"),
		https:       get("HTTPS") == "1",
		metrics:     get("METRIQUES"),
	}
	var err error
	if s := get("BASE_ELEVES_SECRET"); s != "" {
		env.secret, err = decodeSecret(s)
	}
	return env, err
}

func decodeSecret(s string) ([]byte, error) {
	secret, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(secret) != secretLen {
		return nil, fmt.Errorf("BASE_ELEVES_SECRET doit être %d octets écrits en base64 "+
			"(« openssl rand -base64 %d » en donne)", secretLen, secretLen)
	}
	return secret, nil
}

// masterSecret is the secret of the installation. Only a private base may make its own: with DATABASE_URL several
// servers share the base, and must share the secret.
func (env environment) masterSecret() ([]byte, error) {
	switch {
	case env.secret != nil:
		return env.secret, nil
	case env.databaseURL != "":
		return nil, errors.New("BASE_ELEVES_SECRET manque : avec DATABASE_URL, le secret de l’installation " +
			"doit être donné (« openssl rand -base64 32 »)")
	}
	return keptSecret(filepath.Join(varDir, "secret"))
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
