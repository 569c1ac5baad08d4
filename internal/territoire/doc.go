// Package territoire is the only holder of the connections to the base. Whoever wants to read or write says for
// which Portee, and gets a transaction in which PostgreSQL itself shows nothing outside that territory: one pool per
// database role, the scope opened in the same round trip as the work, row security on every table with personal data.
//
// A query here needs no WHERE about schools, communes or circonscriptions; one that forgets everything still returns
// only one's own. Not one's own is not found: pgx.ErrNoRows, which internal/httpx shows as 404.
package territoire
