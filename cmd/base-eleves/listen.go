package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// shutdownTime is what the requests under way have to finish: more than the longest transaction.
const shutdownTime = 15 * time.Second

// address accepts http://127.0.0.1:8080 as it does 127.0.0.1:8080.
func address(typed string) string {
	return strings.TrimSuffix(strings.TrimPrefix(typed, "http://"), "/")
}

// listen opens the address. The accounts of a base of demonstration are public: it is for this machine only.
func listen(ctx context.Context, address string, demo bool) (net.Listener, error) {
	if demo {
		if err := refuseOutside(address); err != nil {
			return nil, err
		}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("un autre programme écoute déjà sur %s : choisissez une autre adresse avec ADRESSE", address)
	}
	if err != nil {
		return nil, fmt.Errorf("impossible d’écouter sur %s : %w", address, err)
	}
	return listener, nil
}

// refuseOutside refuses an address that another machine could reach.
func refuseOutside(address string) error {
	at, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return fmt.Errorf("adresse %q : %w", address, err)
	}
	if !at.IP.IsLoopback() {
		return fmt.Errorf("une base de démonstration n’écoute que sur la machine elle-même (127.0.0.1), pas sur %q", address)
	}
	return nil
}

// answer serves until ctx ends.
func answer(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}
