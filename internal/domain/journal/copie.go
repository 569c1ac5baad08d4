package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// lireAncres reads the anchors copied to a file, one on each line; no file holds none.
func lireAncres(name string) ([]Ancre, error) {
	if name == "" {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Ancre
	for line := range bytes.Lines(text) {
		var a Ancre
		if err := json.Unmarshal(line, &a); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// copier adds anchors at the end of the file.
func copier(name string, list []Ancre) error {
	if name == "" || len(list) == 0 {
		return nil
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	for _, a := range list {
		if err := enc.Encode(a); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text.Bytes())
	return errors.Join(err, f.Sync(), f.Close())
}
