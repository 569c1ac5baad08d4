package parcours_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// The child of the story, with letters that paper must hold.
const (
	nom    = "Lafitte-Nguyễn"
	prenom = "Éloïse"
	listee = "LAFITTE-NGUYỄN Éloïse"
)

func TestHistoireDansUnNavigateur(t *testing.T) {
	d := start(t)
	b := browser.New(t)
	histoire{d, t, func() visiteur { return chromium{b.Apart(), t, d.url} }}.raconter()
}

func TestHistoireSansScript(t *testing.T) {
	d := start(t)
	histoire{d, t, func() visiteur { return newPapier(t, d.url) }}.raconter()
}

// histoire is the main job, told once for each kind of visitor.
type histoire struct {
	*demonstration
	t      *testing.T
	arrive func() visiteur
}

func (h histoire) raconter() {
	mairie := h.connecter("mairie-tarbes")
	inscription := h.inscrire(mairie)

	direction := h.connecter("direction-jean-jaures")
	eleve := h.admettre(direction)
	h.placer(direction)
	h.certifier(direction, eleve+"/certificat-scolarite.pdf")

	ien, ia := h.connecter("ien-tarbes-adour"), h.connecter("ia-65")
	h.voit(ien, eleve, "Présent", "CE1")
	h.voit(ia, eleve, "Présent", "CE1", "Afficher l’INE")
	for _, voisin := range []string{"direction-berthe-morisot", "mairie-lourdes", "ien-lourdes-bagneres", "ia-32"} {
		h.neVoitRien(h.connecter(voisin), eleve)
	}

	h.radier(direction, eleve)
	h.certifier(direction, eleve+"/certificat-radiation.pdf")
	h.voit(ien, eleve, "Radié")
	if status := mairie.Open(inscription); status != 200 {
		h.t.Errorf("the mairie finds its inscription: %d", status)
	}
}

// connecter logs in with password and key.
func (h histoire) connecter(identifiant string) visiteur {
	h.t.Helper()
	h.pass(31 * time.Second)
	c, v := h.compte(identifiant), h.arrive()
	h.ouvre(v.Open("/connexion"), v)
	v.Fill("identifiant", c.Identifiant)
	v.Fill("mot_de_passe", c.MotDePasse)
	h.ouvre(v.Enter("mot_de_passe"), v)
	v.Fill("code", c.Code)
	h.ouvre(v.Enter("code"), v)
	if v.Path() != "/" {
		h.t.Fatalf("%s is at %s after log-in: %s", identifiant, v.Path(), v.Text())
	}
	return v
}

// ouvre fails on anything but a page that opens, and has it judged.
func (h histoire) ouvre(status int, v visiteur) {
	h.t.Helper()
	if status != 200 {
		h.t.Fatalf("%s: %d\n%s", v.Path(), status, v.Text())
	}
	v.Judge()
}

func (h histoire) lit(v visiteur, words ...string) {
	h.t.Helper()
	text := strings.ReplaceAll(v.Text(), "\u00a0", " ")
	for _, w := range words {
		if !strings.Contains(text, w) {
			h.t.Errorf("%s does not show %q:\n%s", v.Path(), w, text)
		}
	}
}

// uai is the code of a school of the demonstration.
func (h histoire) uai(name string) (uai string) {
	h.t.Helper()
	err := h.site.DB.Connexion(context.Background(), func(tx territoire.Tx) error {
		return tx.QueryRow(context.Background(), `select uai from ecole where nom like '%' || $1 || '%'`, name).Scan(&uai)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return uai
}

// inscrire is the mairie's counter: the child is looked for first, then entered, then her certificate printed.
func (h histoire) inscrire(v visiteur) (inscription string) {
	h.t.Helper()
	h.ouvre(v.Open("/inscriptions"), v)
	h.ouvre(v.Follow("Inscrire un enfant"), v)
	v.Fill("nom_famille", nom)
	v.Fill("prenom", prenom)
	v.Fill("date_naissance", "120419")
	h.ouvre(v.Enter("date_naissance"), v)
	v.Choose("sexe", "F")
	v.Fill("commune_naissance", "Tarbes (65)")
	v.Fill("voie", "5 rue des Pyrénées")
	v.Fill("commune", "Tarbes (65)")
	v.Fill("responsable.0.nom_famille", "Lafitte")
	v.Fill("responsable.0.prenom", "Anne")
	v.Choose("responsable.0.lien", "mere")
	v.Fill("responsable.0.tel_portable", "0600000001")
	v.Choose("ecole_uai", h.uai("Jean-Jaurès"))
	v.Choose("niveau", "CE1")
	h.ouvre(v.Follow("Inscrire l’enfant"), v)
	h.lit(v, prenom, "5 rue des Pyrénées", "Jean-Jaurès")
	inscription = v.Path()
	h.certifier(v, v.Href("Certificat d’inscription (PDF)"))
	return inscription
}

// admettre accepts the child, then admits her: she is there.
func (h histoire) admettre(v visiteur) (eleve string) {
	h.t.Helper()
	h.ouvre(v.Open("/admissions"), v)
	h.ouvre(v.Follow(listee), v)
	v.Choose("niveau", "CE1")
	v.Fill("date_effet", "20/11/2026")
	h.ouvre(v.Follow("Accepter l’admission"), v)
	v.Fill("date_admission", "201126")
	h.ouvre(v.Follow("Admettre définitivement"), v)
	h.attribuer()
	h.ouvre(v.Follow("Ouvrir le dossier"), v)
	h.lit(v, "Présent", "5 rue des Pyrénées", "06 00 00 00 01", "Afficher l’INE")
	return v.Path()
}

// placer puts her in a class.
func (h histoire) placer(v visiteur) {
	h.t.Helper()
	h.ouvre(v.Open("/repartition?niveau=CE1"), v)
	v.Tick(listee)
	v.Choose("classe_id", h.classe("CE1 A"))
	if c, script := v.(chromium); script { // the board stays, and says what was done
		c.Click("Placer")
		c.Wait(`!!document.querySelector("[data-flash]")`)
	} else {
		h.ouvre(v.Follow("Placer"), v)
	}
	h.ouvre(v.Open("/classes"), v)
	h.ouvre(v.Follow("CE1 A"), v)
	h.lit(v, listee)
}

// classe is the identifier of a class of Jean-Jaurès for the year.
func (h histoire) classe(libelle string) (id string) {
	h.t.Helper()
	a := h.agent("direction-jean-jaures")
	err := h.site.DB.Lire(context.Background(), a, func(l *territoire.Lecture) {
		territoire.Valeur(l, &id, `select id::text from classe where libelle_court = $1 and annee = 2026`, libelle)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// certifier prints: a PDF comes.
func (h histoire) certifier(v visiteur, path string) {
	h.t.Helper()
	status, file := v.Fetch(path)
	if status != 200 || !strings.HasPrefix(file, "%PDF-") {
		h.t.Errorf("%s: %d %.60q", path, status, file)
	}
	for _, w := range []string{nom, prenom} {
		if text := papers(h.t, file); !strings.Contains(text, w) {
			h.t.Errorf("%s does not bear %q:\n%s", path, w, text)
		}
	}
	h.verifier(file)
}

// verifier photographs the code of a paper, as anybody may who is handed it.
func (h histoire) verifier(file string) {
	h.t.Helper()
	passant := h.arrive()
	code, ours := strings.CutPrefix(fixture.Code(h.t, file), strings.ToUpper(h.url))
	if !ours {
		h.t.Fatalf("the code leads elsewhere: %q", code)
	}
	h.ouvre(passant.Open(code), passant)
	h.lit(passant, "authentique et à jour", prenom)
	h.ouvre(passant.Follow("Vérifier un autre document"), passant)
}

// radier strikes her off.
func (h histoire) radier(v visiteur, eleve string) {
	h.t.Helper()
	h.ouvre(v.Open(eleve), v)
	h.ouvre(v.Follow("Radier"), v)
	v.Fill("date_radiation", "20/11/2026")
	v.Choose("motif_radiation", "demenagement")
	h.ouvre(v.Enter("date_radiation"), v)
	h.lit(v, listee)
	h.ouvre(v.Open(eleve), v)
	h.lit(v, "Radié")
}

func (h histoire) voit(v visiteur, eleve string, words ...string) {
	h.t.Helper()
	h.ouvre(v.Open("/"), v)
	h.ouvre(v.Open(eleve), v)
	h.lit(v, append(words, prenom)...)
	if strings.Contains(v.Text(), "06 00 00 00 01") {
		h.t.Error("an inspection reads the phone without asking")
	}
}

func (h histoire) neVoitRien(v visiteur, eleve string) {
	h.t.Helper()
	if status := v.Open(eleve); status != 404 || strings.Contains(v.Text(), prenom) {
		h.t.Errorf("a neighbour opens %s: %d", eleve, status)
	}
	h.ouvre(v.Open("/eleves?q=lafitte"), v)
	if strings.Contains(v.Text(), prenom) {
		h.t.Error("a neighbour finds her in his list")
	}
}
