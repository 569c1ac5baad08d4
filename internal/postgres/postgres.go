// Package postgres knows how to reach PostgreSQL and how to bring a base to the schema of this binary.
// The command line comes here to migrate, internal/territoire to open one pool per database role.
// It knows nothing of the tables.
package postgres

import (
	"fmt"
	"net/url"
	"strings"
)

// ForRole returns the connection string with another role, for a pool of its own (design.md §3).
// Everything else is kept, the password included: either the roles share one, or it is left out
// of the string and found in a .pgpass file, a peer map or a certificate.
// Both forms of PostgreSQL are understood: postgres://… and host=… user=….
func ForRole(dsn, role string) string {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		// In the keyword form the last word given for a key wins.
		return fmt.Sprintf("%s user=%s", dsn, keyword(role))
	}
	if password, ok := u.User.Password(); ok {
		u.User = url.UserPassword(role, password)
	} else {
		u.User = url.User(role)
	}
	query := u.Query()
	query.Del("user")
	u.RawQuery = query.Encode()
	return u.String()
}

// keyword quotes a value of the keyword form.
func keyword(value string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
}
