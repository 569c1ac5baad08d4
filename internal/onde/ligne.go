package onde

import "strings"

// groupe is a responsable whom the line of a pupil gives, in columns of his own.
type groupe struct {
	prefixe string
	libelle string
	lien    string // what he is to the pupil, when the headings say it
	mots    []string
}

// parLigne are those of school spreadsheets: numbered, or the mother and the father.
var parLigne = []groupe{
	{"resp1_", "Responsable 1", "", numerotes("1")},
	{"resp2_", "Responsable 2", "", numerotes("2")},
	{"mere_", "Mère", "mere", mots("mere maman")},
	{"pere_", "Père", "pere", mots("pere papa")},
}

// numerotes are the ways of naming the nth responsable.
func numerotes(n string) []string {
	names := mots("resp responsable parent representant responsablelegal representantlegal resplegal rl")
	for i := range names {
		names[i] += n
	}
	return names
}

// champ is a column of the responsable of the group.
func (g groupe) champ(c Champ) Champ { return Champ(g.prefixe) + c }

// rubriques are the columns of the group: « Nom responsable 1 », « Tél. de la mère »…
func (g groupe) rubriques() []Rubrique {
	var list []Rubrique
	for _, r := range rubriquesResponsable {
		bare, given := nus[r.Champ]
		if !given || r.Champ == "lien" && g.lien != "" {
			continue
		}
		list = append(list, Rubrique{Champ: g.champ(r.Champ), Libelle: r.Libelle, Groupe: g.libelle, titres: g.titres(bare)})
	}
	return list
}

// titres are the headings of a column: its word before the person or after, with an article or not.
func (g groupe) titres(bare string) []string {
	var titres []string
	for _, word := range mots(bare) {
		for _, who := range g.mots {
			titres = append(titres, who+word, word+who, word+"du"+who, word+"dela"+who, word+"de"+who)
		}
	}
	return titres
}

// nus are the words of the columns of a responsable when another word says whose they are. ONDE's Numéro de poste has none.
var nus = map[Champ]string{
	"nom_famille": "nomfamille nomdefamille nomdenaissance nom", "nom_usage": "nomusage nomdusage", "prenom": "prenom prenoms",
	"civilite": "civilite", "organisme": "organisme", "lien": "lien liendeparente parente qualite",
	"autorite": "autorite autoriteparentale", "adresse": "adresse rue", "code_postal": "codepostal cp",
	"commune": "commune ville", "pays": "pays", "courriel": "courriel email mail mel adressemail adresseemail adressecourriel",
	"tel_domicile": "telephone tel telephonedomicile teldomicile telfixe telephonefixe fixe",
	"tel_travail":  "telephonetravail teltravail telephoneprofessionnel telpro telephonepro travail",
	"tel_portable": "telephoneportable telportable telephonemobile telmobile portable mobile gsm", "communication": "communicationadresses",
}

// DemandeLien tells whether a file names responsables without saying what they are to the pupil.
func (c Correspondance) DemandeLien(genre Genre) bool {
	if genre == Responsables {
		return !c.Contient("lien")
	}
	for _, g := range parLigne {
		if g.lien == "" && c.nomme(g) && !c.Contient(g.champ("lien")) {
			return true
		}
	}
	return false
}

// nomme tells whether columns name the responsable of the group.
func (c Correspondance) nomme(g groupe) bool {
	return c.Contient(g.champ("nom_famille")) || c.Contient(g.champ("organisme"))
}

// grouper completes the headings by the line above them: « Mère » over « Nom », « Prénom », « Téléphone ».
func grouper(titres, above []string) []string {
	all, group := append([]string(nil), titres...), ""
	for i, t := range titres {
		if i < len(above) && above[i] != "" {
			group = above[i]
		}
		if named := strings.TrimSpace(t + " " + group); t != "" && index()[Eleves][cle(named)] != "" {
			all[i] = named
		}
	}
	return all
}
