package ent

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"base-eleves/internal/domain/ecole"
)

// normeOR is what OneRoster asks of a file: the fields that must be filled, the form of some, where others lead, and what
// must stay empty because it would say who a pupil is elsewhere.
type normeOR struct {
	exiges []string
	formes map[string]func(string) bool
	vers   map[string]string // field → « file » or « file/type »
	vides  []string
}

var estGrades = func(s string) bool {
	return !slices.ContainsFunc(strings.Split(s, ","), func(n string) bool { return !ecole.Niveau(n).Connu() })
}

func estISO(s string) bool { return estDate(dateISO, s) }

var normesOneRoster = map[string]normeOR{
	"academicSessions": {
		exiges: strings.Fields(`sourcedId title type startDate endDate schoolYear`),
		formes: map[string]func(string) bool{"type": parmi("schoolYear", "term", "semester", "gradingPeriod"), "startDate": estISO, "endDate": estISO},
		vers:   map[string]string{"parentSourcedId": "academicSessions"},
	},
	"orgs": {
		exiges: strings.Fields(`sourcedId name type`),
		formes: map[string]func(string) bool{"type": parmi("department", "school", "district", "local", "state", "national"), "identifier": estUAI},
		vers:   map[string]string{"parentSourcedId": "orgs"},
	},
	"courses": {
		exiges: strings.Fields(`sourcedId title orgSourcedId`),
		vers:   map[string]string{"schoolYearSourcedId": "academicSessions/schoolYear", "orgSourcedId": "orgs"},
	},
	"classes": {
		exiges: strings.Fields(`sourcedId title courseSourcedId classType schoolSourcedId termSourcedIds`),
		formes: map[string]func(string) bool{"classType": parmi("homeroom", "scheduled"), "grades": estGrades},
		vers:   map[string]string{"courseSourcedId": "courses", "schoolSourcedId": "orgs/school", "termSourcedIds": "academicSessions/term"},
	},
	"users": {
		exiges: strings.Fields(`sourcedId enabledUser username givenName familyName`),
		formes: map[string]func(string) bool{"enabledUser": parmi("true", "false"), "grades": estGrades},
		vers:   map[string]string{"primaryOrgSourcedId": "orgs"},
		vides:  strings.Fields(`identifier userIds userMasterIdentifier password email sms phone`),
	},
	"roles": {
		exiges: strings.Fields(`sourcedId userSourcedId roleType role orgSourcedId`),
		formes: map[string]func(string) bool{"roleType": parmi("primary", "secondary"), "role": parmi("student", "teacher", "guardian", "parent", "principal")},
		vers:   map[string]string{"userSourcedId": "users", "orgSourcedId": "orgs"},
	},
	"enrollments": {
		exiges: strings.Fields(`sourcedId classSourcedId schoolSourcedId userSourcedId role`),
		formes: map[string]func(string) bool{"role": parmi("student", "teacher", "administrator", "proctor"), "primary": parmi("true", "false")},
		vers:   map[string]string{"classSourcedId": "classes", "schoolSourcedId": "orgs/school", "userSourcedId": "users"},
	},
}

// lecteurOR reads a file again.
type lecteurOR struct {
	fautes
	fichiers map[string]*zip.File
	vus      map[string]map[string]string // file → identifier → its type, its school, or ""
}

func verifierOneRoster(z *zip.Reader, want Comptes) ([]Faute, error) {
	l := &lecteurOR{fichiers: map[string]*zip.File{}, vus: map[string]map[string]string{}}
	for _, f := range z.File {
		l.fichiers[f.Name] = f
	}
	if err := l.manifeste(); err != nil {
		return nil, err
	}
	// In this order what is referred to has been read, but for the parents, which stand above their children.
	for _, f := range fichiersOneRoster {
		if err := l.lire(f.nom+".csv", f.titres, func(_ int, row rangee) { l.rangee(f.nom, row) }); err != nil {
			return nil, err
		}
	}
	l.compter("orgs", want.Ecoles)
	l.compter("classes", want.Classes)
	l.compter("users", want.Eleves)
	l.compter("roles", want.Eleves)
	return l.list, nil
}

func (l *lecteurOR) compter(nom string, want int) {
	if n := len(l.vus[nom]); n != want {
		l.add(nom+".csv", "", "nombre", strconv.Itoa(n), "Refaites le fichier\u00a0: la base en compte "+strconv.Itoa(want)+".")
	}
}

// lire hands over the rows of a file, once its heading is the norm's.
func (l *lecteurOR) lire(nom, titres string, row func(line int, r rangee)) error {
	f := l.fichiers[nom]
	if f == nil {
		l.add(nom, "", "fichier", "", "Refaites le fichier\u00a0: il manque une partie.")
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("ent: open %s: %w", nom, err)
	}
	defer func() { _ = r.Close() }()
	in := csv.NewReader(r)
	heading, err := in.Read()
	if err != nil || strings.Join(heading, ",") != titres {
		l.add(nom, "", "titres", strings.Join(heading, ","), "Refaites le fichier\u00a0: les colonnes ne sont pas celles de la norme.")
		return nil
	}
	for line := 2; ; line++ {
		cells, err := in.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			l.add(nom, "ligne "+strconv.Itoa(line), "ligne", err.Error(), "Refaites le fichier\u00a0: cette ligne n’est pas lisible.")
			return nil
		}
		values := rangee{}
		for i, t := range heading {
			values[t] = cells[i]
		}
		row(line, values)
	}
}

// manifeste checks that each file is said to be there, or not, as it is.
func (l *lecteurOR) manifeste() error {
	said := map[string]string{}
	if err := l.lire("manifest.csv", "propertyName,value", func(_ int, r rangee) { said[r["propertyName"]] = r["value"] }); err != nil {
		return err
	}
	if said["manifest.version"] != "1.0" || said["oneroster.version"] != "1.2" {
		l.add("manifest.csv", "", "oneroster.version", said["oneroster.version"], "Refaites le fichier\u00a0: la version attendue est 1.2.")
	}
	all := slices.Clone(absents)
	for _, f := range fichiersOneRoster {
		all = append(all, f.nom)
	}
	for _, nom := range all {
		mode := "absent"
		if l.fichiers[nom+".csv"] != nil {
			mode = "bulk"
		}
		if said["file."+nom] != mode {
			l.add("manifest.csv", "", "file."+nom, said["file."+nom], "Refaites le fichier\u00a0: le manifeste devrait dire "+mode+".")
		}
	}
	return nil
}

// rangee checks a row, and notes its identifier.
func (l *lecteurOR) rangee(nom string, r rangee) {
	norme, id, file := normesOneRoster[nom], r["sourcedId"], nom+".csv"
	for _, field := range norme.exiges {
		if r[field] == "" {
			l.add(file, id, field, "", "Complétez le dossier dans la base\u00a0: cette donnée est obligatoire.")
		}
	}
	for _, field := range append([]string{"status", "dateLastModified"}, norme.vides...) {
		if r[field] != "" {
			l.add(file, id, field, r[field], "Refaites le fichier\u00a0: ce champ reste vide.")
		}
	}
	l.valeurs(file, norme, r)
	if l.vus[nom] == nil {
		l.vus[nom] = map[string]string{}
	}
	if _, twice := l.vus[nom][id]; twice {
		l.add(file, id, "sourcedId", id, "Refaites le fichier\u00a0: deux lignes ont le même identifiant.")
	}
	l.vus[nom][id] = r["type"] + r["schoolSourcedId"]
	if nom == "enrollments" && l.vus["classes"][r["classSourcedId"]] != r["schoolSourcedId"] {
		l.add(file, id, "schoolSourcedId", r["schoolSourcedId"], "Refaites le fichier\u00a0: la classe n’est pas de cette école.")
	}
}

func (l *lecteurOR) valeurs(file string, norme normeOR, r rangee) {
	id := r["sourcedId"]
	for _, field := range slices.Sorted(maps.Keys(norme.formes)) {
		if v := r[field]; v != "" && !norme.formes[field](v) {
			l.add(file, id, field, v, "Corrigez cette valeur dans la base.")
		}
	}
	for _, field := range slices.Sorted(maps.Keys(norme.vers)) {
		into, kind, typed := strings.Cut(norme.vers[field], "/")
		for _, v := range strings.Split(r[field], ",") {
			if got, known := l.vus[into][v]; v != "" && (!known || typed && got != kind) {
				l.add(file, id, field, v, "Refaites le fichier\u00a0: il renvoie à une ligne de "+into+" qui n’y est pas.")
			}
		}
	}
}
