package main

import (
	"context"
	"net/http"
	"time"

	"base-eleves/internal/httpx"
	"base-eleves/internal/postgres"
	"base-eleves/internal/territoire"
)

// readyTime is how long the base has to answer a probe.
const readyTime = 2 * time.Second

// withReady adds /readyz, which says whether this program can work on this base now: it answers, and its schema is
// at least the one the program was written for (a newer one is a deployment under way).
func withReady(next http.Handler, db *territoire.DB) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /readyz", httpx.Headers(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTime)
		defer cancel()
		if v, err := schemaVersion(ctx, db); err != nil || v < postgres.Latest() {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})))
	mux.Handle("/", next)
	return mux
}

func schemaVersion(ctx context.Context, db *territoire.DB) (version int32, err error) {
	err = db.Connexion(ctx, func(tx territoire.Tx) error {
		version, err = postgres.Version(ctx, tx)
		return err
	})
	return version, err
}
