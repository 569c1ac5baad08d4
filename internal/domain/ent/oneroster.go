package ent

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
)

// The files of OneRoster 1.2 that we write, with their headings, all of them (1EdTech, OneRoster 1.2 CSV binding). A bulk
// file leaves status and dateLastModified empty. Guardians, demographics and teachers are left out: the recipient needs no
// parent, no birth date, and the base knows teachers by a name on a class, not as persons.
var fichiersOneRoster = []fichierOneRoster{
	{"academicSessions", "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear"},
	{"orgs", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"},
	{"courses", "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes"},
	{"classes", "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods"},
	{"users", "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades," +
		"password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns"},
	{"roles", "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"},
	{"enrollments", "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"},
}

type fichierOneRoster struct{ nom, titres string }

// absents are those that the norm knows besides: the manifest says of each that it is not there.
var absents = strings.Fields(`categories classResources courseResources demographics lineItemLearningObjectiveIds lineItems lineItemScoreScales
	resources resultLearningObjectiveIds results resultScoreScales scoreScales userProfiles userResources`)

// rangee is a row by the names of its columns; those that it does not name are empty.
type rangee map[string]string

// oneRoster reads each school once: the lines of each file wait aside until all of them are whole.
func (l *livre) oneRoster() error {
	manifest, err := ranger(fichierOneRoster{"manifest", "propertyName,value"})
	if err != nil {
		return err
	}
	defer manifest.Fermer()
	sheets, byName := []*feuille{manifest}, map[string]*feuille{}
	for _, f := range fichiersOneRoster {
		s, err := ranger(f)
		if err != nil {
			return err
		}
		defer s.Fermer()
		sheets, byName[f.nom] = append(sheets, s), s
	}
	if err := l.manifeste(manifest.ligne); err != nil {
		return err
	}
	if err := l.sessions(byName["academicSessions"].ligne); err != nil {
		return err
	}
	if err := l.parcourir(func(e etablissement) error { return l.ecoleOR(e, byName) }); err != nil {
		return err
	}
	for _, s := range sheets {
		if err := s.verser(l.zip); err != nil {
			return err
		}
	}
	return nil
}

// ecoleOR adds a school, and who is in it, to the files.
func (l *livre) ecoleOR(e etablissement, sheets map[string]*feuille) error {
	for _, f := range []struct {
		nom   string
		write func(etablissement, func(rangee) error) error
	}{
		{"orgs", l.orgs}, {"courses", l.courses}, {"classes", l.classesOR}, {"users", l.users}, {"roles", l.roles}, {"enrollments", l.enrollments},
	} {
		if err := f.write(e, sheets[f.nom].ligne); err != nil {
			return err
		}
	}
	return nil
}

func (l *livre) manifeste(out func(rangee) error) error {
	said := [][2]string{{"manifest.version", "1.0"}, {"oneroster.version", "1.2"}}
	for _, f := range fichiersOneRoster {
		said = append(said, [2]string{"file." + f.nom, "bulk"})
	}
	for _, nom := range absents {
		said = append(said, [2]string{"file." + nom, "absent"})
	}
	for _, p := range append(said, [2]string{"source.systemName", "Base élèves"}, [2]string{"source.systemCode", "base-eleves"}) {
		if err := out(rangee{"propertyName": p[0], "value": p[1]}); err != nil {
			return err
		}
	}
	return nil
}

// The year is a session, and the term that classes are of.
func (l *livre) annuelle() string { return "annee-" + strconv.Itoa(int(l.annee)) }
func (l *livre) periode() string  { return l.annuelle() + "-t" }

func (l *livre) sessions(out func(rangee) error) error {
	year := rangee{
		"sourcedId": l.annuelle(), "title": "Année scolaire " + l.annee.Libelle(), "type": "schoolYear", "startDate": l.annee.Debut().Format(dateISO),
		"endDate": l.annee.Fin().Format(dateISO), "schoolYear": strconv.Itoa(int(l.annee) + 1), // named by the year in which it ends
	}
	if err := out(year); err != nil {
		return err
	}
	year["sourcedId"], year["type"], year["parentSourcedId"] = l.periode(), "term", l.annuelle()
	return out(year)
}

func (l *livre) orgs(e etablissement, out func(rangee) error) error {
	l.faits.Ecoles++
	return out(rangee{"sourcedId": l.org(e), "name": ecole.NomComplet(e.Nom, e.Commune), "type": "school", "identifier": e.Uai})
}

func (l *livre) org(e etablissement) string   { return l.opaque(e.Uai, "ecole", uuid.Nil) }
func (l *livre) cours(e etablissement) string { return l.opaque(e.Uai, "cours", uuid.Nil) }

func (l *livre) courses(e etablissement, out func(rangee) error) error {
	return out(rangee{"sourcedId": l.cours(e), "schoolYearSourcedId": l.annuelle(), "title": "Enseignement du premier degré", "orgSourcedId": l.org(e)})
}

func (l *livre) classesOR(e etablissement, out func(rangee) error) error {
	for _, c := range e.classes {
		l.faits.Classes++
		err := out(rangee{
			"sourcedId": l.opaque(e.Uai, "classe", c.ID), "title": c.Libelle, "grades": strings.Join(c.Niveaux, ","), "courseSourcedId": l.cours(e),
			"classType": "homeroom", "schoolSourcedId": l.org(e), "termSourcedIds": l.periode(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *livre) users(e etablissement, out func(rangee) error) error {
	for _, x := range e.eleves {
		l.faits.Eleves++
		id := l.opaque(e.Uai, "eleve", x.ID)
		err := out(rangee{
			"sourcedId": id, "enabledUser": "true", "username": id, "givenName": x.Prenom, "familyName": courant(x.NomUsage, x.NomFamille),
			"grades": x.Niveau, "primaryOrgSourcedId": l.org(e),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *livre) roles(e etablissement, out func(rangee) error) error {
	for _, x := range e.eleves {
		err := out(rangee{
			"sourcedId": l.opaque(e.Uai, "role", x.ID), "userSourcedId": l.opaque(e.Uai, "eleve", x.ID), "roleType": "primary", "role": "student",
			"orgSourcedId": l.org(e),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *livre) enrollments(e etablissement, out func(rangee) error) error {
	for _, x := range e.eleves {
		if x.ClasseID == nil {
			continue // in no class yet: he is a user of the school, enrolled nowhere
		}
		err := out(rangee{
			"sourcedId": l.opaque(e.Uai, "place", x.ID), "classSourcedId": l.opaque(e.Uai, "classe", *x.ClasseID), "schoolSourcedId": l.org(e),
			"userSourcedId": l.opaque(e.Uai, "eleve", x.ID), "role": "student", "primary": "false",
		})
		if err != nil {
			return err
		}
	}
	return nil
}
