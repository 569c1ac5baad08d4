package pgdev

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// npmVersion is pinned: these binaries are always called beta.
const npmVersion = "18.4.0-beta.17"

// installDebian installs Debian's package, which only root can.
func installDebian(ctx context.Context, log func(string)) []string {
	apt, err := exec.LookPath("apt-get")
	if err != nil || os.Geteuid() != 0 {
		return nil
	}
	log("Installation du paquet Debian « postgresql »…")
	install := func() error {
		return quietly(ctx, apt, "install", "-y", "--no-install-recommends", "postgresql")
	}
	if install() != nil && quietly(ctx, apt, "update") == nil {
		install()
	}
	return installed()
}

// npmPackage is how npm's builds of PostgreSQL name this machine.
func npmPackage() string {
	system := map[string]string{"linux": "linux", "darwin": "darwin"}[runtime.GOOS]
	machine := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	if system == "" || machine == "" {
		return ""
	}
	return "@embedded-postgres/" + system + "-" + machine
}

// npmFolders lists where npm's builds may be: beside the data (var/npm), in the project, within the data.
func npmFolders(p place) []string {
	return []string{filepath.Join(filepath.Dir(p.home), "npm"), ".", p.file("npm")}
}

func npmInstalled(p place) (folders []string) {
	for _, folder := range npmFolders(p) {
		if bin, err := filepath.Abs(filepath.Join(folder, "node_modules", npmPackage(), "native", "bin")); err == nil {
			folders = append(folders, bin)
		}
	}
	return folders
}

// installNpm downloads npm's build beside the data, or within them where PostgreSQL's account enters in any case.
func installNpm(ctx context.Context, p place, log func(string)) []string {
	npm, err := exec.LookPath("npm")
	if err != nil || npmPackage() == "" {
		return nil
	}
	folder := npmFolders(p)[0]
	if os.MkdirAll(folder, 0o755) != nil || !p.account.enters(folder) {
		folder = p.file("npm")
	}
	log("Téléchargement de PostgreSQL par npm…")
	quietly(ctx, npm, "install", "--prefix", folder, "--no-audit", "--no-fund", npmPackage()+"@"+npmVersion)
	return npmInstalled(p)
}

// quietly runs an installer, which may ask nothing. Whether it worked is seen by what it leaves.
func quietly(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	return cmd.Run()
}
