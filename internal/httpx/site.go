// Package httpx stands between the browser and the pages: routes that cannot exist without their right, sessions,
// form tokens, forms read and shown again, acts that a second submit does not repeat, and the one place where an error
// becomes an answer. It knows no screen and no rule of the register.
package httpx

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/territoire"
)

// Site is what every page shares.
type Site struct {
	DB       *territoire.DB
	Sessions *scs.SessionManager
	Now      func() time.Time
	Log      *slog.Logger
	Secret   []byte // signs form tokens; the same for all processes of an installation
	Coffre   *coffre.Coffre
	Sceaux   *sceau.Trousseau // seals papers
	Origine  string           // where visitors find the site, « https://ecoles.example.fr », as papers say it
	Demo     bool
	Version  string
	Menu     []MenuEntry

	// EnTeteAdresse is the header in which our own reverse proxy says the visitor's address, such as X-Real-IP. Left
	// empty, the address is that of the connection: anybody can write a header.
	EnTeteAdresse string
	// Comptes offers the accounts of a demo base on its log-in page; nil on any other.
	Comptes compte.Demo
	// Gate checks passwords and codes: one for each process, made with the application.
	Gate *compte.Gate

	sondes sondes
}

// Idle and absolute limits of a session: security.md SES-3.
const (
	sessionIdle = compte.Inactivite
	sessionLife = 8 * time.Hour
)

// NewSessions makes the manager of sessions over a store. Only a hash of the token is stored. A cookie that only
// travels over HTTPS bears the __Host- prefix, which the browser then guarantees.
func NewSessions(store scs.Store, https bool) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.Codec = codec{}
	m.HashTokenInStore = true
	m.Lifetime = sessionLife
	m.Cookie.Name = "session"
	if https {
		m.Cookie.Name = "__Host-session"
	}
	m.Cookie.Secure = https
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteStrictMode
	m.Cookie.Persist = false
	m.Cookie.Path = "/"
	return m
}

// Page is a page that an agent may open: it receives who acts and returns its error.
type Page func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error

// PublicPage is a page open to those who are not logged in.
type PublicPage func(w http.ResponseWriter, r *http.Request) error
