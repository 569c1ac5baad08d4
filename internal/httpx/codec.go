package httpx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
)

// codec writes a session as what it is here, names and texts: each page reads one, and reading it takes a tenth of the
// time of JSON, a fiftieth of that of scs's gob.
type codec struct{}

var errSession = errors.New("httpx: a session that cannot be read")

// Encode writes the deadline, then each name and its text, each with its length before it.
func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	b := binary.AppendVarint(nil, deadline.Unix())
	for name, value := range values {
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf("httpx: the session holds texts, %s is %T", name, value)
		}
		b = appendText(appendText(b, name), text)
	}
	return b, nil
}

// Decode reads what Encode wrote.
func (codec) Decode(b []byte) (time.Time, map[string]any, error) {
	seconds, n := binary.Varint(b)
	if n <= 0 {
		return time.Time{}, nil, errSession
	}
	values := map[string]any{}
	for b = b[n:]; len(b) > 0; {
		var name, text string
		var ok bool
		if name, b, ok = cutText(b); !ok {
			return time.Time{}, nil, errSession
		}
		if text, b, ok = cutText(b); !ok {
			return time.Time{}, nil, errSession
		}
		values[name] = text
	}
	return time.Unix(seconds, 0).UTC(), values, nil
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func cutText(b []byte) (text string, rest []byte, ok bool) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return "", nil, false
	}
	end := n + int(size)
	return string(b[n:end]), b[end:], true
}

// packAgent writes an agent as one text of a session; the instant is each request's.
func packAgent(a habilitation.Agent) string {
	plusieurs := ""
	if a.Plusieurs {
		plusieurs = "oui"
	}
	b := append(append([]byte(nil), a.Compte[:]...), a.Habilitation[:]...)
	for _, text := range []string{string(a.Role), a.Civilite, a.Nom, a.Territoire, a.Ecole, a.Commune, string(a.Delegation), a.Delegant, plusieurs} {
		b = appendText(b, text)
	}
	return string(b)
}

// unpackAgent reads what packAgent wrote; ok is false for what another version of the program wrote.
func unpackAgent(stored string) (a habilitation.Agent, ok bool) {
	const ids = 2 * len(uuid.UUID{})
	if len(stored) < ids {
		return a, false
	}
	copy(a.Compte[:], stored)
	copy(a.Habilitation[:], stored[ids/2:])
	rest := []byte(stored[ids:])
	var role, delegation, plusieurs string
	for _, text := range []*string{&role, &a.Civilite, &a.Nom, &a.Territoire, &a.Ecole, &a.Commune, &delegation, &a.Delegant, &plusieurs} {
		if *text, rest, ok = cutText(rest); !ok {
			return a, false
		}
	}
	a.Role, a.Delegation, a.Plusieurs = habilitation.Role(role), habilitation.Delegation(delegation), plusieurs != ""
	return a, len(rest) == 0
}
