// Package resilience holds no code, only proofs on real processes: PostgreSQL and the server die by kill -9, connections
// break in the middle of a COMMIT, forms are sent fifty times at once. What was acknowledged is kept, nothing is there
// twice, what was typed is not lost, and the application recovers by itself (security.md REL-1, REL-2, REL-7).
package resilience
