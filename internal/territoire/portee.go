package territoire

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Portee is the scope of a transaction: a habilitation, held by an account, in a role, on a day. The schools and
// communes it opens are looked up by the base (migrations/0004_portee.sql), never said by the caller.
type Portee struct {
	Role         string // 'directeur', 'mairie'…: the database role is 'be_' + Role
	Habilitation uuid.UUID
	Compte       uuid.UUID
	Le           time.Time // today, from the application's clock, in its zone
	Adresse      string    // of the network the request comes from, for the journal
	Requete      string    // name of the request, for the journal

	// EnLecture, when not nil, is told whether the emergency stop lets one only read.
	EnLecture *bool

	protegees bool // see AvecProtegees
	enLecture bool // see MemeEnLecture
}

// role is the database role that serves the scope.
func (p Portee) role() string { return "be_" + p.Role }

// ErrPorteeClose means that the habilitation has ended, was withdrawn, or its account suspended.
var ErrPorteeClose = errors.New("territoire: the habilitation is closed")

// codePorteeClose is the SQLSTATE raised by ouvrir_portee.
const codePorteeClose = "BE001"

// ErrTropDeRecherches means that the account has looked for too many children outside its territory of late.
var ErrTropDeRecherches = errors.New("territoire: too many searches outside the territory")

// codeTropDeRecherches is the SQLSTATE raised by compter_recherche (migrations/0010_recherche.sql).
const codeTropDeRecherches = "BE002"

// ErrArret means that the emergency stop has closed the access, ErrLectureSeule that it lets nobody write.
var (
	ErrArret        = errors.New("territoire: the access is stopped")
	ErrLectureSeule = errors.New("territoire: the register is read-only")
)

// The SQLSTATEs of the emergency stop (migrations/0051_arret.sql).
const (
	codeArret        = "BE004"
	codeLectureSeule = "BE005"
)

// ouvrirSQL opens the scope, in the round trip of what is done in it.
const ouvrirSQL = `select ouvrir_portee($1, $2)` + provenanceSQL + `, ` + lectureSQL

// ouvrirLeJourSQL opens the scope for the first time of the day.
const ouvrirLeJourSQL = `select departs_effectifs($2) as reste, ` + lectureSQL + ` from ouvrir_portee($1, $2)` + provenanceSQL

// lectureSQL says whether the emergency stop lets one only read (migrations/0051_arret.sql), once the scope is open.
const lectureSQL = `current_setting('be.lecture', true) = 'lecture' as lecture`

// provenanceSQL tells the journal where the work comes from.
const provenanceSQL = `, set_config('be.adresse', $3, true) as adresse, set_config('be.requete', $4, true) as requete`

// instantSQL tells the history what time it is for the application (migrations/0009_dossier.sql).
const instantSQL = `select set_config('be.instant', $1::timestamptz::text, true)`

// ecritureSQL refuses to write where the emergency stop lets one only read; it goes with instantSQL.
const ecritureSQL = `, exiger_ecriture()`

// MemeEnLecture is the scope of what is written though the register is read-only: the proof of who one is, the end of a
// session.
func (p Portee) MemeEnLecture() Portee {
	p.enLecture = true
	return p
}

// translate names the errors of the base that pages must tell from the others.
func translate(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return err
	}
	switch pg.Code {
	case codePorteeClose:
		return errors.Join(ErrPorteeClose, err)
	case codeTropDeRecherches:
		return errors.Join(ErrTropDeRecherches, err)
	case codeArret:
		return errors.Join(ErrArret, err)
	case codeLectureSeule:
		return errors.Join(ErrLectureSeule, err)
	}
	return err
}

// Introuvable tells whether err means "no such row in this territory".
func Introuvable(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
