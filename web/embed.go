// Package web serves the stylesheet, the script and the icons from inside the binary.
// Come here to add a static file; pages never name one by hand but ask Path for its
// address, which changes with its content, so that browsers may keep it for ever.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var files embed.FS

// prefix is the folder of the addresses that Handler answers.
const prefix = "/static/"

// minGain is the size under which compressing costs more than it saves.
const minGain = 512

// types are written here, since those of the mime package change with the machine.
var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// asset is one file as it is sent.
type asset struct {
	mime  string
	plain []byte
	gzip  []byte
}

// Addresses and contents are computed once, when the program starts: the files are in the
// binary and a few kilobytes take a millisecond.
var addresses, assets = load()

// Path returns the address of a static file: Path("app.css") is "/static/app.<hash>.css".
// It panics on a file that does not exist, as a page that asks for one is a mistake of ours.
func Path(name string) string {
	address, ok := addresses[name]
	if !ok {
		panic("web: no static file " + name)
	}
	return address
}

// Handler answers GET /static/…, with a year of cache, since an address names one content.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := assets[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.mime)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Vary", "Accept-Encoding")
		body := a.plain
		if a.gzip != nil && acceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
			body = a.gzip
		}
		_, _ = w.Write(body) // the client has gone: nobody to tell
	})
}

// acceptsGzip reads Accept-Encoding; a refusal "gzip;q=0" is honoured.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding == "gzip" {
			return strings.TrimSpace(q) != "q=0"
		}
	}
	return false
}

func load() (map[string]string, map[string]asset) {
	addresses, assets := map[string]string{}, map[string]asset{}
	for name, body := range sources() {
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		address := prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
		addresses[name] = address
		assets[address] = asset{mime: types[ext], plain: body, gzip: compress(body)}
	}
	return addresses, assets
}

// sources gives each file by its public name. The stylesheet and the script are written in
// parts, by theme, and joined here in the order of their names: one request each.
func sources() map[string][]byte {
	return map[string][]byte{
		"app.css":     join("static/style/*.css"),
		"app.js":      join("static/script/*.js"),
		"favicon.svg": join("static/favicon.svg"),
		// Of one page, which alone pays for them.
		"repartition.css": join("static/repartition.css"),
		"repartition.js":  join("static/repartition.js"),
		"suivi.css":       join("static/suivi.css"),
		"suivi.js":        join("static/suivi.js"),
		"acces.js":        join("static/acces.js"),
		"jauge.css":       join("static/jauge.css"),
		"jauge.js":        join("static/jauge.js"),
	}
}

func join(pattern string) []byte {
	names, err := fs.Glob(files, pattern)
	if err != nil || len(names) == 0 {
		panic("web: nothing embedded under " + pattern)
	}
	var all bytes.Buffer
	for _, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		all.Write(body)
	}
	return all.Bytes()
}

// compress returns nil where gzip gains nothing.
func compress(body []byte) []byte {
	if len(body) < minGain {
		return nil
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is a constant: no error
	_, _ = w.Write(body)                                    // a Buffer never fails
	_ = w.Close()
	return out.Bytes()
}
