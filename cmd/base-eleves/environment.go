package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"base-eleves/internal/domain/coffre"
)

// varDir holds what a machine without configuration keeps: its private base and its secret.
const varDir = "var"

// environment is what the installation says; everything else is an argument.
type environment struct {
	databaseURL   string   // DATABASE_URL, "" for the private base
	secret        []byte   // BASE_ELEVES_SECRET
	https         bool     // HTTPS=1: visitors come by HTTPS, through the front proxy
	addressHeader string   // ENTETE_ADRESSE: the header in which that proxy says the visitor's address
	metrics       string   // METRIQUES: loopback address of the metrics, "" for none
	origin        string   // ADRESSE_PUBLIQUE: where visitors find the site, as papers say it
	anchors       string   // ANCRES: the file in which the heads of the journal are copied out of the base
	sealing       []byte   // COFFRE_CLE: seals the secrets in the place of the installation's own
	readable      [][]byte // COFFRE_LISIBLES: other keys under which secrets may be sealed
	seal          seal
	zone          *time.Location
}

func readEnvironment(get func(string) string) (environment, error) {
	env := environment{
		databaseURL:   get("DATABASE_URL"),
		https:         get("HTTPS") == "1",
		addressHeader: get("ENTETE_ADRESSE"),
		metrics:       get("METRIQUES"),
		anchors:       get("ANCRES"),
		origin:        strings.TrimRight(get("ADRESSE_PUBLIQUE"), "/"),
	}
	var err error
	if env.zone, err = time.LoadLocation("Europe/Paris"); err != nil {
		return env, err
	}
	if s := get("BASE_ELEVES_SECRET"); s != "" {
		if env.secret, err = decodeSecret(s); err != nil {
			return env, err
		}
	}
	if err := env.readSealing(get("COFFRE_CLE"), get("COFFRE_LISIBLES")); err != nil {
		return env, err
	}
	env.seal, err = readSeal(get("SCEAU_RANG"), get("SCEAU_ADMISES"))
	return env, err
}

// now is the clock of the application.
func (env environment) now() time.Time { return time.Now().In(env.zone) }

func decodeSecret(s string) ([]byte, error) { return decodeKey("BASE_ELEVES_SECRET", s) }

// decodeKey reads a key that a variable of the environment holds.
func decodeKey(name, s string) ([]byte, error) {
	secret, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(secret) != coffre.Taille {
		return nil, fmt.Errorf(name+" doit être %d octets écrits en base64 "+
			"(« openssl rand -base64 %d » en donne)", coffre.Taille, coffre.Taille)
	}
	return secret, nil
}

// readSealing reads the keys of the box (see coffreCommand).
func (env *environment) readSealing(sealing, readable string) (err error) {
	if sealing != "" {
		if env.sealing, err = decodeKey("COFFRE_CLE", sealing); err != nil {
			return err
		}
	}
	for _, written := range strings.FieldsFunc(readable, func(r rune) bool { return r == ',' || r == ' ' }) {
		key, err := decodeKey("COFFRE_LISIBLES", written)
		if err != nil {
			return err
		}
		env.readable = append(env.readable, key)
	}
	return nil
}

// coffre opens the box of the installation, which seals and reads as the environment says.
func (env environment) coffre() (*coffre.Coffre, error) {
	box, err := env.ownCoffre()
	if err != nil {
		return nil, err
	}
	if box, err = box.Lisant(env.readable...); err != nil || env.sealing == nil {
		return box, err
	}
	return box.Sous(env.sealing)
}

// ownCoffre is the box of the installation's own secret. Only a private base may draw its own secret: with DATABASE_URL several
// servers share the base, and must share the secret.
func (env environment) ownCoffre() (*coffre.Coffre, error) {
	switch {
	case env.secret != nil:
		return coffre.New(env.secret)
	case env.databaseURL != "":
		return nil, errors.New("BASE_ELEVES_SECRET manque : avec DATABASE_URL, le secret de l’installation " +
			"doit être donné (« openssl rand -base64 32 »)")
	}
	secret, err := keptSecret(filepath.Join(varDir, "secret"))
	if err != nil {
		return nil, fmt.Errorf("secret : %w", err)
	}
	return coffre.New(secret)
}
