package main

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/sceau"
)

// seal is which key seals papers, and whose former seals are believed.
type seal struct {
	rank     int // SCEAU_RANG
	admitted []ed25519.PublicKey
}

func readSeal(rank, admitted string) (seal, error) {
	s := seal{rank: 1}
	if rank != "" {
		n, err := strconv.Atoi(rank)
		if err != nil || n < 1 {
			return s, fmt.Errorf("SCEAU_RANG doit être un nombre à partir de 1, et non %q", rank)
		}
		s.rank = n
	}
	for _, written := range strings.FieldsFunc(admitted, func(r rune) bool { return r == ',' || r == ' ' }) {
		key, err := base64.StdEncoding.DecodeString(written)
		if err != nil || len(key) != ed25519.PublicKeySize {
			return s, fmt.Errorf("SCEAU_ADMISES : %q n’est pas une clé publique écrite par « base-eleves sceau »", written)
		}
		s.admitted = append(s.admitted, key)
	}
	return s, nil
}

// keys draws the present key from the secret of the installation; each rank has its own.
func (s seal) keys(box *coffre.Coffre) *sceau.Trousseau {
	return sceau.New(box.Cle("sceau "+strconv.Itoa(s.rank)), s.admitted...)
}

func sceauCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "sceau",
		Usage: "écrit la clé publique qui vérifie les documents scellés aujourd’hui",
		Action: func(_ context.Context, cmd *cli.Command) error {
			box, err := env.coffre()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.Root().Writer, base64.StdEncoding.EncodeToString(env.seal.keys(box).Publique()))
			return err
		},
	}
}

// originAt is where visitors find the site that listens there. Behind a proxy only the installation knows it, and a
// paper that leads elsewhere would be printed for nothing.
func (env environment) originAt(listening net.Addr) (string, error) {
	switch {
	case env.origin != "":
		return env.origin, nil
	case env.https:
		return "", errors.New("ADRESSE_PUBLIQUE manque : avec HTTPS=1, les documents doivent dire où on les vérifie " +
			"(par exemple https://ecoles.example.fr)")
	}
	return "http://" + listening.String(), nil
}
