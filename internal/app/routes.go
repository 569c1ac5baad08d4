package app

import (
	"base-eleves/internal/httpx"
)

// register lists every page of the application.
func register(rt httpx.Router, site *httpx.Site) {
}
