// Package ent gives the pupils of a school to the services that it works with: the annuaire of an espace numérique de
// travail (AAF 1er degré, the French norm) and OneRoster 1.2 for the others. The page of the extractions comes here. Nobody
// is named there by his INE nor by the base's identifiers: each recipient knows a pupil of a school under an identifier of
// its own. A file is read again before it is given, and one whose references do not hold is not.
package ent

import (
	"archive/zip"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/extraction"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// Format is what a file is written in.
type Format string

// The two formats.
const (
	AAF       Format = "aaf"
	OneRoster Format = "oneroster"
)

// Formats are the formats to choose from.
var Formats = []inscription.Valeur{
	{Code: string(AAF), Label: "AAF 1er degré, pour un espace numérique de travail"},
	{Code: string(OneRoster), Label: "OneRoster 1.2, pour un autre service"},
}

// Destinataires are the services that a file is made for: each has its own identifiers.
var Destinataires = []inscription.Valeur{
	{Code: "ent", Label: "Espace numérique de travail"}, {Code: "microsoft", Label: "Microsoft 365"}, {Code: "google", Label: "Google Workspace"},
	{Code: "moodle", Label: "Moodle"}, {Code: "bibliotheque", Label: "Bibliothèque (BCD)"}, {Code: "autre", Label: "Autre service"},
}

// Demande is a file that is asked for.
type Demande struct {
	Format       Format
	Destinataire string
	Perimetre    extraction.Perimetre
}

// Verifier refuses what cannot be made.
func (d Demande) Verifier(ecoles []extraction.Ecole) error {
	var refused refusal.List
	if !inscription.Connu(Formats, string(d.Format)) {
		refused.Add("format", "Choisissez un format de la liste.")
	}
	if !inscription.Connu(Destinataires, d.Destinataire) {
		refused.Add("destinataire", "Dites pour quel service est le fichier.")
	}
	if len(ecoles) == 0 {
		refused.Add("perimetre", "Choisissez un périmètre de votre territoire qui a une école.")
	}
	return refused.Err()
}

// QueueEffectifs counts the pupils who are there, in the schools of the perimeter: the file is checked against it.
func (d Demande) QueueEffectifs(l *territoire.Lecture, agent habilitation.Agent, dst *[]extraction.Effectif) {
	present := liste.Definition{Grain: liste.Eleves, Filtres: map[string][]string{liste.EtatFiltre: {string(scolarite.AdmisDefinitif)}}}
	condition, code := d.Perimetre.Condition()
	sql, args := present.RequeteEffectif(agent, condition, code)
	territoire.Toutes(l, dst, sql, args...)
}

// Comptes are how many of each a file has.
type Comptes struct{ Ecoles, Classes, Eleves, Parents int }

// livre is a file being written.
type livre struct {
	ctx    context.Context
	tx     territoire.Tx
	agent  habilitation.Agent
	d      Demande
	cle    []byte
	annee  ecole.Annee
	ecoles []extraction.Ecole
	zip    *zip.Writer
	faits  Comptes

	avancer func(eleves int) error
}

// Ecrire writes the file of the schools, school by school, and notes it in the journal: who, for which service, over
// which perimeter, how many pupils. cle makes the identifiers; avancer is told how many pupils are done.
func Ecrire(
	ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Demande, ecoles []extraction.Ecole, cle []byte, out io.Writer,
	avancer func(eleves int) error,
) (Comptes, error) {
	l := &livre{
		ctx: ctx, tx: tx, agent: agent, d: d, cle: cle, annee: ecole.AnneeDe(agent.Aujourdhui()), ecoles: ecoles, zip: zip.NewWriter(out), avancer: avancer,
	}
	write := map[Format]func() error{AAF: l.aaf, OneRoster: l.oneRoster}[d.Format]
	if err := write(); err != nil {
		return l.faits, fmt.Errorf("ent: write %s: %w", d.Format, err)
	}
	if err := l.zip.Close(); err != nil {
		return l.faits, fmt.Errorf("ent: close the file: %w", err)
	}
	for _, e := range ecoles {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.Extraire, Objet: "ent", Ecole: e.Uai, Motif: d.note(e.Nombre)})
	}
	return l.faits, nil
}

// note is what the journal keeps: a school reads its own line.
func (d Demande) note(n int) string {
	return string(d.Format) + " " + d.Destinataire + " " + strconv.Itoa(n)
}

// Nom is that of the file: the code of the school, or that of the département of several.
func (d Demande) Nom(ecoles []extraction.Ecole, le time.Time) string {
	where := ecoles[0].Uai
	if len(ecoles) > 1 {
		where = "DEP" + ecole.UAI(where).Departement()
	}
	if d.Format == AAF {
		return "ENT_" + where + "_Complet_" + le.Format("20060102")
	}
	return "OneRoster_" + where + "_" + le.Format("20060102")
}

// opaque is the identifier under which a recipient knows something of a school: the same each time, another elsewhere.
// HMAC-SHA-256, cut to 128 bits: without the key nobody goes back to the base's identifier, nor from one recipient's to
// another's. Each part is told with its length, so that no two lists of parts are read alike.
func (l *livre) opaque(uai, genre string, id uuid.UUID) string {
	return Opaque(l.cle, l.d.Destinataire, uai, genre, id)
}

// Opaque is that identifier, outside a file.
func Opaque(cle []byte, destinataire, uai, genre string, id uuid.UUID) string {
	mac := hmac.New(sha256.New, cle)
	for _, part := range []string{destinataire, uai, genre, id.String()} {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Faute is a rule of the format that a file does not keep.
type Faute struct {
	Fichier string
	Fiche   string // the identifier of the row
	Champ   string
	Valeur  string
	Remede  string // what to do
}

// fautes gathers them; a file that is wrong all along is not listed whole.
type fautes struct{ list []Faute }

// FautesMax is how many are told.
const FautesMax = 200

func (f *fautes) add(fichier, fiche, champ, valeur, remede string) {
	if len(f.list) < FautesMax {
		f.list = append(f.list, Faute{fichier, fiche, champ, valeur, remede})
	}
}

// Verifier reads a file again, with nothing of the base, and says what is wrong with it.
func Verifier(format Format, r io.ReaderAt, size int64, want Comptes) ([]Faute, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("ent: read the file again: %w", err)
	}
	if format == AAF {
		return verifierAAF(z, want)
	}
	return verifierOneRoster(z, want)
}

// dates of the two formats.
const (
	dateAAF = "02/01/2006"
	dateISO = time.DateOnly
)

func estDate(layout, s string) bool {
	t, err := time.Parse(layout, s)
	return err == nil && t.Year() > 1900
}

func parmi(list ...string) func(string) bool {
	return func(s string) bool { return slices.Contains(list, s) }
}
