package compte

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"net/netip"
	"time"
)

// A browser that has logged in is given an appareil: a random number and the day, signed together with the identifier.
// It opens nothing; it only gives that browser its own count of failures (OWASP, "device cookies").
const (
	appareilAlea = 16
	appareilDate = 8
	// AppareilDuree is how long a browser stays known.
	AppareilDuree = 90 * 24 * time.Hour
)

// Appareil makes what a browser is given after a whole log-in.
func (g *Gate) Appareil(identifiant string, now time.Time) string {
	b := make([]byte, appareilAlea, appareilAlea+appareilDate+sha256.Size)
	_, _ = rand.Read(b) // never fails
	b = binary.BigEndian.AppendUint64(b, uint64(now.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(b, g.signerAppareil(b, identifiant)...))
}

// Connu tells whether this browser has already logged in to the account.
func (g *Gate) Connu(v Visite, identifiant string) bool {
	_, ok := g.appareilConnu(v, identifiant)
	return ok
}

// appareilConnu is the name of the count of a browser known for this identifier.
func (g *Gate) appareilConnu(v Visite, identifiant string) (string, bool) {
	b, err := base64.RawURLEncoding.DecodeString(v.Appareil)
	if err != nil || len(b) != appareilAlea+appareilDate+sha256.Size {
		return "", false
	}
	said, signature := b[:appareilAlea+appareilDate], b[appareilAlea+appareilDate:]
	given := time.Unix(int64(binary.BigEndian.Uint64(said[appareilAlea:])), 0)
	if !hmac.Equal(signature, g.signerAppareil(said, identifiant)) || v.Maintenant.Sub(given) > AppareilDuree {
		return "", false
	}
	return "appareil:" + g.empreindre("frein", string(said)), true
}

func (g *Gate) signerAppareil(said []byte, identifiant string) []byte {
	mac := hmac.New(sha256.New, g.Coffre.Cle("appareil"))
	mac.Write(said)
	mac.Write([]byte(normaliser(identifiant)))
	return mac.Sum(nil)
}

// empreindre hides what must be recognised and not read: somebody may type his password in the wrong field.
func (g *Gate) empreindre(usage, s string) string {
	mac := hmac.New(sha256.New, g.Coffre.Cle(usage))
	mac.Write([]byte(s))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Adresse is the address to count by, from a host with or without its port: an IPv6 network of 64 bits is one visitor.
func Adresse(s string) string {
	ip, err := netip.ParseAddr(s)
	if err != nil {
		port, err := netip.ParseAddrPort(s)
		if err != nil {
			return "inconnue"
		}
		ip = port.Addr()
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
