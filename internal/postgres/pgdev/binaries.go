package pgdev

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first version whose views can obey the row security of their reader.
const oldest = 15

// errNone is the one sentence for who has nothing that can serve.
var errNone = errors.New("aucun PostgreSQL 15 ou plus récent n’est utilisable ici : installez le paquet « postgresql » " +
	"de votre système (sous Debian, « sudo apt-get install postgresql »), ou bien Node.js et npm, " +
	"ou indiquez une base dans la variable DATABASE_URL")

// installation is a folder with initdb and postgres.
type installation struct {
	bin   string
	major int
}

// source names folders where PostgreSQL may be, after having put it there if it can.
type source func() (folders []string)

// findBinaries looks for an installation and, where it may, makes one.
func findBinaries(ctx context.Context, p place, log func(string)) (bin string, err error) {
	return p.search(ctx,
		installed,
		func() []string { return npmInstalled(p) },
		func() []string { return installDebian(ctx, log) },
		func() []string { return installNpm(ctx, p, log) },
	)
}

// search asks the sources in turn, and the next one only when what was found cannot serve.
func (p place) search(ctx context.Context, sources ...source) (bin string, err error) {
	wanted := dataVersion(p.file("data"))
	for _, folders := range sources {
		if bin, ok := choose(inspect(ctx, p.account, folders()), wanted); ok {
			return bin, nil
		}
	}
	if wanted != 0 {
		return "", fmt.Errorf("les données de %s ont été créées par PostgreSQL %d, qui n’est plus installé : "+
			"réinstallez cette version, ou supprimez ce dossier pour repartir d’une base neuve", p.home, wanted)
	}
	return "", errNone
}

// choose returns the newest installation, or the one that made the data: a major version cannot read another's.
func choose(found []installation, wanted int) (bin string, ok bool) {
	slices.SortStableFunc(found, func(a, b installation) int { return cmp.Compare(b.major, a.major) })
	for _, i := range found {
		if i.major == wanted || wanted == 0 && i.major >= oldest {
			return i.bin, true
		}
	}
	return "", false
}

// dataVersion returns the major version that made the data, 0 before there are any.
func dataVersion(data string) int {
	content, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		return 0
	}
	major, _ := strconv.Atoi(string(bytes.TrimSpace(content)))
	return major
}

var versionOutput = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// inspect asks the binaries of each folder for their version, as the account that will run them.
func inspect(ctx context.Context, a account, folders []string) (found []installation) {
	for _, bin := range folders {
		if _, err := os.Stat(filepath.Join(bin, "initdb")); err != nil {
			continue
		}
		cmd := a.become(exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version"))
		cmd.Dir = "/"
		out, err := cmd.Output()
		if err != nil {
			continue
		}
		if m := versionOutput.FindSubmatch(out); m != nil {
			major, _ := strconv.Atoi(string(m[1]))
			found = append(found, installation{bin, major})
		}
	}
	return found
}

// installed lists where systems put PostgreSQL: Debian, Red Hat, Homebrew, then whatever the PATH says.
func installed() (folders []string) {
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	} {
		matches, _ := filepath.Glob(pattern)
		folders = append(folders, matches...)
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	if postgres, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(postgres); err == nil {
			folders = append(folders, filepath.Dir(real))
		}
	}
	return folders
}
