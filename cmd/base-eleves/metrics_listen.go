package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// listen serves the metrics on an address of this machine, or nowhere when there is none.
func (m *metrics) listen(address string) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	if err := refuseOutside(address); err != nil {
		return nil, fmt.Errorf("METRIQUES : %w", err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("METRIQUES : %w", err)
	}
	server := &http.Server{Handler: promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}), ReadTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			tell("métriques : " + err.Error())
		}
	}()
	return func() { _ = server.Close() }, nil
}
