package compte

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

// monde is a base with a territory, and a gate to it.
type monde struct {
	*testing.T
	gate  *Gate
	owner interface {
		Ecrivain
		Lecteur
		QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	}
	now time.Time
	log *bytes.Buffer
}

const bon = "les vaches montent en estive"

// empreinteDeBon is hashed once for all the tests.
var empreinteDeBon = sync.OnceValues(func() (string, error) { return Hacher(bon) })

// newMonde works in one transaction that is rolled back: one thing at a time.
func newMonde(t *testing.T) *monde {
	tx := postgrestest.Tx(t)
	m := &monde{T: t, owner: tx}
	m.build(territoire.Dans(tx))
	return m
}

// newMondeReel has a base of its own and the real pools: as many things at a time as one likes.
func newMondeReel(t *testing.T) *monde {
	url := postgrestest.Clone(t)
	owner, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close(context.Background()) })
	db, _, err := territoire.Connecter(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Fermer)
	m := &monde{T: t, owner: owner}
	m.build(db)
	return m
}

func (m *monde) build(db *territoire.DB) {
	m.Helper()
	box, err := coffre.New(bytes.Repeat([]byte{7}, coffre.Taille))
	if err != nil {
		m.Fatal(err)
	}
	m.now = time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	m.log = &bytes.Buffer{}
	m.gate = NewGate(db, box, slog.New(slog.NewTextHandler(m.log, nil)))
	m.exec(`insert into academie (code, nom) values ('16', 'Toulouse')`)
	m.exec(`insert into departement (code, nom, academie_code) values ('65', 'Hautes-Pyrénées', '16')`)
	m.exec(`insert into circonscription (uai, nom, departement_code) values ('0650050A', 'Tarbes Ouest', '65')`)
	m.exec(`insert into commune (insee, nom, departement_code) values ('65440', 'Tarbes', '65'), ('65047', 'Aureilhan', '65')`)
	m.exec(`insert into ecole (uai, nom, type, secteur, commune_insee, circonscription_uai, departement_code)
		values ('0650001A', 'École élémentaire Jean-Jaurès', 'elementaire', 'public', '65440', '0650050A', '65')`)
	m.exec(`insert into college (uai, nom, secteur, commune_insee) values ('0650002B', 'Collège Paul-Éluard', 'public', '65440')`)
}

// withoutHashing spares the cost of argon2id where the brake alone is tested.
func (m *monde) withoutHashing() {
	m.gate.hacheur.comparer = func(motDePasse, empreinte string) (bool, *argon2id.Params, error) {
		return motDePasse == bon && empreinte != leurre, &parametres, nil
	}
}

func (m *monde) exec(sql string, args ...any) {
	m.Helper()
	if _, err := m.owner.Exec(m.Context(), sql, args...); err != nil {
		m.Fatal(err)
	}
}

func lire[T any](m *monde, sql string, args ...any) (v T) {
	m.Helper()
	if err := m.owner.QueryRow(m.Context(), sql, args...).Scan(&v); err != nil {
		m.Fatal(err)
	}
	return v
}

// compte makes an account that holds the password bon and returns its key.
func (m *monde) compte(identifiant string, mandats ...Mandat) (uuid.UUID, otp.Cle) {
	m.Helper()
	empreinte, err := empreinteDeBon()
	if err != nil {
		m.Fatal(err)
	}
	n := Nouveau{
		Identifiant: identifiant, Civilite: "Mme", Nom: "Fabre", Prenom: "Claire", Empreinte: empreinte,
		Cle: otp.Nouvelle(), Habilitations: mandats, CreeLe: m.now,
	}
	id, err := Creer(m.Context(), m.owner, m.gate.Coffre, n)
	if err != nil {
		m.Fatal(err)
	}
	return id, n.Cle
}

func (m *monde) directrice() (uuid.UUID, otp.Cle) {
	m.Helper()
	return m.compte("claire.fabre", Mandat{Role: habilitation.Directeur, Territoire: "0650001A", Debut: m.now})
}

func (m *monde) visite() Visite { return Visite{Adresse: "192.0.2.1", Maintenant: m.now} }

func (m *monde) motDePasse(identifiant, motDePasse string) error {
	_, err := m.gate.MotDePasse(m.Context(), m.visite(), identifiant, motDePasse)
	return err
}

func (m *monde) code(id uuid.UUID, code string) error {
	_, err := m.gate.Code(m.Context(), m.visite(), id, "claire.fabre", code)
	return err
}

// present is what the key shows now.
func (m *monde) present(c otp.Cle) string {
	m.Helper()
	code, err := c.Code(m.now)
	if err != nil {
		m.Fatal(err)
	}
	return code
}

// wants checks the sentence of a refusal, "" for none.
func (m *monde) wants(err error, motif string) {
	m.Helper()
	r, _ := refusal.As(err)
	if r.Motif != motif || motif == "" && err != nil {
		m.Errorf("got %v, want %q", err, motif)
	}
}
