package papiers

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/pdf/pdftest"
)

// jour is the day on which the papers are made.
var jour = date.Du(2026, time.November, 20)

func numero(n byte) (id uuid.UUID) { id[15] = n; return id }

var etablissementLong = etablissement{
	EnTete: ecole.EnTete{
		UAI: "0659001F", Nom: pdftest.EtablissementNom, Commune: pdftest.CommuneLongue, Adresse: pdftest.VoieLongue, CodePostal: "51290",
		Telephone: "05 62 00 00 01", Courriel: pdftest.CourrielLong,
	},
	Directeur: "Mme " + pdftest.UsageLong + " Claire", Circonscription: "Saint-Remy-en-Bouzemont et vallées",
}

// maison is where somebody lives.
func maison(n byte, lignes ...string) foyer.Domicile {
	return foyer.Domicile{AdresseID: numero(n), Complement: lignes[0], Voie: lignes[1], CodePostal: "51290", Commune: lignes[2], Pays: "France"}
}

// classeTest is a class of three pupils: an ordinary one, one whose names are the longest, and the worst there is: foreign
// letters, six guardians in four homes, five persons to call.
func classeTest() lu {
	simple, longue := maison(1, "", "5 rue des Pyrénées", "Tarbes"), maison(2, pdftest.ComplementLong, pdftest.VoieLongue, pdftest.CommuneLongue)
	base := inscrit{Sexe: "F", DateNaissance: date.Du(2022, time.April, 12), NeEtranger: true, Niveau: "CE1", ClasseID: numero(9), Enseignant: pdftest.EnseignantLong,
		AutorisationsConnues: true, Restaurant: true}
	lina, maxi, pire := base, base, base
	lina.Enfant = foyer.Enfant{ID: numero(1), NomFamille: "ABADIE", Prenom: "Lina", Classe: "CE1 A", Domicile: simple}
	lina.DateNaissance = date.Du(2020, time.October, 1)
	maxi.Enfant = foyer.Enfant{ID: numero(2), NomFamille: pdftest.NomLong, NomUsage: pdftest.UsageLong, Prenom: pdftest.PrenomLong, Classe: "CE1 A", Domicile: longue}
	maxi.Prenom2, maxi.Prenom3, maxi.GarderieMatin, maxi.GarderieSoir, maxi.Etude, maxi.Transport = pdftest.PrenomLong, "Bénédicte", true, true, true, true
	maxi.Assureur, maxi.NumContrat, maxi.ResponsabiliteCivile, maxi.IndividuelleAccident = "Mutuelle des parents et amis de l’enseignement public", "2026-000012345678901234567890", true, true
	pire.Enfant = foyer.Enfant{ID: numero(3), NomFamille: pdftest.NomAilleurs, Prenom: pdftest.PrenomAilleurs, Classe: "CE1 A", Domicile: longue}
	for range 5 {
		pire.Contacts = append(pire.Contacts, contact{NomFamille: pdftest.NomLong, Prenom: pdftest.PrenomAilleurs, Urgence: true, Autorisee: true,
			TelPortable: "+34 612 345 678", TelDomicile: "05 62 12 34 56", TelTravail: "05 62 65 43 21"})
	}
	l := lu{ecole: etablissementLong, eleves: []inscrit{lina, maxi, pire}, responsables: map[uuid.UUID][]responsable{}}
	l.responsables[lina.ID] = []responsable{guardian(lina, 1, "Abadie", "", "Anne", simple)}
	l.responsables[maxi.ID] = []responsable{guardian(maxi, 2, pdftest.NomLong, pdftest.UsageLong, pdftest.PrenomLong, longue)}
	for i := range byte(5) {
		l.responsables[pire.ID] = append(l.responsables[pire.ID],
			guardian(pire, 10+i, pdftest.NomAilleurs, "", pdftest.PrenomAilleurs, maison(2+i/2, pdftest.ComplementLong, pdftest.VoieLongue, pdftest.CommuneLongue)))
	}
	organisme := guardian(pire, 20, "", "", "", maison(7, pdftest.ComplementLong, pdftest.VoieLongue, pdftest.CommuneLongue))
	organisme.Nature, organisme.Civilite, organisme.Organisme, organisme.Fonction = eleve.Organisme, "", pdftest.OrganismeLong, "Éducatrice spécialisée référente"
	l.responsables[pire.ID] = append(l.responsables[pire.ID], organisme)
	return l
}

func guardian(e inscrit, n byte, nom, usage, prenom string, chez foyer.Domicile) responsable {
	return responsable{
		Personne: foyer.Personne{
			EleveID: e.ID, ID: numero(n), Nature: eleve.Personne, Civilite: "Mme", NomFamille: nom, NomUsage: usage, Prenom: prenom,
			Lien: eleve.Lien("mere"), AutoriteParentale: true, Domicile: chez,
		},
		TelDomicile: "05 62 12 34 56", TelTravail: "05 62 65 43 21", TelPortable: "+34 612 345 678", Courriel: pdftest.CourrielLong, Associations: true,
	}
}

// options are those with which a document is drawn, besides the first one of each.
var options = map[string]url.Values{
	"etiquettes": {"qui": {"familles"}, "planche": {"3x8"}, "debut": {"20"}}, "feuilles-appel": {"semaine": {"mercredi"}}, "recepisses": {"sens": {"remises"}},
}

// nes are the births without which a list has nobody.
var nes = map[string]time.Time{"liste-pmi": date.Du(2023, time.February, 1), "liste-medecine-scolaire": date.Du(2021, time.March, 1)}

// Each document about pupils keeps its words and its looks, with an ordinary name, the longest, and the worst.
func TestGolden(t *testing.T) {
	for _, d := range documents {
		t.Run(d.chemin, func(t *testing.T) {
			c := choix{annee: ecole.AnneeDe(jour), presente: ecole.AnneeDe(jour), jour: jour, ecole: true, partis: d.partis, q: options[d.chemin]}
			l := classeTest()
			if ne, young := nes[d.chemin]; young {
				for i := range l.eleves {
					l.eleves[i].DateNaissance = ne
				}
			}
			p := d.faire(l, c)
			p.Titre, p.Auteur, p.Date = d.titre, pdftest.EtablissementNom, jour
			file, err := p.PDF()
			if err != nil {
				t.Fatal(err)
			}
			pdftest.Golden(t, d.chemin, file)
			whole(t, d.chemin, file)
		})
	}
}

// whole looks for each part of the names of the three pupils: one that was cut is missed whatever the golden file says.
func whole(t *testing.T, name string, file []byte) {
	t.Helper()
	said := strings.FieldsFunc(pdftest.Text(t, file), breaks)
	for _, n := range []string{"ABADIE", pdftest.UsageLong, pdftest.PrenomLong, pdftest.NomAilleurs, pdftest.PrenomAilleurs} {
		for _, part := range strings.FieldsFunc(n, breaks) {
			if !slices.ContainsFunc(said, func(w string) bool { return strings.EqualFold(w, part) }) {
				t.Errorf("%s does not say %q", name, part)
			}
		}
	}
}

func breaks(r rune) bool { return r <= ' ' || strings.ContainsRune("-\u00a0(),:", r) }

// The papers of the school that name no pupil.
func TestGoldenDeLEcole(t *testing.T) {
	agent := habilitation.Agent{Maintenant: jour}
	classes := []effectif{
		{Classe: "CE1 A", Enseignant: "Mme Fabre", Salle: "4", Niveaux: "CE1", Eleves: 24, Filles: 12},
		{Classe: "PS-MS-GS Les Grands Ours", Enseignant: pdftest.EnseignantLong, Salle: "Préfabriqué du fond de la cour", Niveaux: "PS, MS, GS, CP, CE1, CE2, CM1, CM2", Eleves: 31},
	}
	for _, f := range []feuille{ecoleEntiere, vierge} {
		p := f.faire(etablissementLong, classes, ecole.AnneeDe(jour), agent)
		p.Titre, p.Date = f.titre, jour
		file, err := p.PDF()
		if err != nil {
			t.Fatal(err)
		}
		pdftest.Golden(t, f.chemin, file)
	}
}

// BenchmarkFiches prints the fiches de renseignements of a school of 300 pupils in one file (issue: at most 2 s).
func BenchmarkFiches(b *testing.B) { imprimer(b, ficheRenseignements, 300) }

// BenchmarkFichesDixFois prints those of ten such schools: what it holds at its peak is bounded by what the file weighs.
func BenchmarkFichesDixFois(b *testing.B) { imprimer(b, ficheRenseignements, 3000) }

// BenchmarkListe prints the list of a class of 30 (issue: at most 100 ms).
func BenchmarkListe(b *testing.B) { imprimer(b, listeEvacuation, 30) }

func imprimer(b *testing.B, d document, n int) {
	l := classeTest()
	ordinary := l.eleves[0]
	l.eleves = nil
	for i := range n {
		e := ordinary
		e.ID = numero(byte(i % 250))
		l.responsables[e.ID] = []responsable{guardian(e, 1, "Abadie", "", "Anne", e.Domicile)}
		l.eleves = append(l.eleves, e)
	}
	c := choix{annee: ecole.AnneeDe(jour), presente: ecole.AnneeDe(jour), jour: jour, ecole: true}
	for b.Loop() {
		p := d.faire(l, c)
		p.Date = jour
		if _, err := p.PDF(); err != nil {
			b.Fatal(err)
		}
	}
}
