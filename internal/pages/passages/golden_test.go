package passages

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/pdf/pdftest"
)

var (
	annonce, decide, recouru, confirme = date.Du(2027, time.March, 20), date.Du(2027, time.April, 9), date.Du(2027, time.April, 20), date.Du(2027, time.May, 28)

	ecoleLongue = enTete{Secteur: ecole.Public, EnTete: ecole.EnTete{
		UAI: "0659001F", Nom: pdftest.EtablissementNom, Commune: pdftest.CommuneLongue, Adresse: pdftest.VoieLongue, CodePostal: "51290", Telephone: "05 62 00 00 01",
	}}
)

// eleveTest is a pupil of CE1 whose passage to the next level is proposed.
func eleveTest(nom, usage, prenom, classe string) ligne {
	l := ligne{NomFamille: nom, NomUsage: usage, Prenom: prenom, DateNaissance: date.Du(2019, time.April, 12), LibelleClasse: classe}
	l.ScolariteID, l.Annee, l.Niveau = uuid.New(), 2026, ecole.CE1
	l.Etat, l.Decision, l.NiveauSuivant, l.NotifieLe = passage.Notifie, passage.Suivant, ecole.CE2, &annonce
	return l
}

// parent is one who lives in a home, the longest there is but for the first.
func parent(l ligne, foyer byte, civilite, nom, usage, prenom string) destinataire {
	d := destinataire{ScolariteID: l.ScolariteID, Foyer: &uuid.UUID{foyer}, Nature: eleve.Personne, Civilite: civilite, NomFamille: nom, NomUsage: usage, Prenom: prenom,
		Complement: pdftest.ComplementLong, Voie: pdftest.VoieLongue, LieuDit: "Lieu-dit de la Grange-aux-Dames", CodePostal: "51290", Commune: pdftest.CommuneLongue}
	if foyer == 1 {
		d.Complement, d.LieuDit, d.Voie, d.CodePostal, d.Commune = "", "", "5 rue des Pyrénées", "65000", "Tarbes"
	}
	return d
}

// The letters of passages keep their words and their looks: an ordinary pupil; the longest names, one home; the worst, letters
// of elsewhere, six who hold authority: two homes, an organisme, one without an address.
func TestGolden(t *testing.T) {
	simple := eleveTest("ABADIE", "", "Lina", "CE1 A")
	long := eleveTest(pdftest.NomLong, pdftest.UsageLong, pdftest.PrenomLong, "PS-MS-GS Les Grands Ours")
	long.Decision, long.NiveauSuivant = passage.Maintien, ecole.CE1
	pire := eleveTest(pdftest.NomAilleurs, "", pdftest.PrenomAilleurs, "PS-MS-GS Les Grands Ours")
	pire.Quittant = true
	organisme := parent(pire, 9, "", "", "", "")
	organisme.Nature, organisme.Organisme, organisme.Fonction = eleve.Organisme, pdftest.OrganismeLong, "Éducatrice spécialisée référente"
	cachee := parent(pire, 8, "Mme", "Abadie", "", "Anne")
	cachee.Foyer, cachee.Voie, cachee.Complement, cachee.LieuDit, cachee.CodePostal, cachee.Commune = nil, "", "", "", "", ""
	gens := []destinataire{
		parent(simple, 1, "Mme", "Abadie", "", "Anne"), parent(simple, 1, "M.", "Abadie", "", "Paul"),
		parent(long, 2, "Mme", pdftest.NomLong, pdftest.UsageLong, pdftest.PrenomLong), parent(long, 2, "M.", pdftest.NomLong, pdftest.UsageLong, pdftest.PrenomLong),
		parent(pire, 3, "Mme", pdftest.NomAilleurs, "", pdftest.PrenomAilleurs), parent(pire, 3, "M.", pdftest.NomAilleurs, "", pdftest.PrenomAilleurs),
		parent(pire, 4, "M.", pdftest.NomAilleurs, pdftest.UsageLong, pdftest.PrenomAilleurs), parent(pire, 3, "Mme", pdftest.NomLong, "", pdftest.PrenomLong), organisme, cachee,
	}
	agent := habilitation.Agent{Nom: "Claire " + pdftest.UsageLong, Maintenant: annonce}
	proposees := []ligne{simple, long, pire}
	decidees := []ligne{simple, long, pire}
	for i := range decidees {
		decidees[i].Etat, decidees[i].DecideLe, decidees[i].ReponduLe, decidees[i].DecisionNotifieeLe = passage.Decide, &decide, &decide, &decide
	}
	decidees[1].Desaccord = true
	decidees[2].Etat, decidees[2].RecoursLe, decidees[2].ConfirmeLe = passage.Confirme, &recouru, &confirme
	for name, m := range map[string]struct {
		modele modele
		lignes []ligne
	}{"propositions": {propositions, proposees}, "decisions": {decisionsPrises, decidees}} {
		file, err := m.modele.papier(plis(m.lignes, gens), ecoleLongue, agent).PDF()
		if err != nil {
			t.Fatal(err)
		}
		pdftest.Golden(t, name, file)
		said := pdftest.Text(t, file)
		for _, n := range []string{"Abadie", pdftest.UsageLong, pdftest.NomAilleurs, pdftest.OrganismeLong} {
			for part := range strings.FieldsSeq(strings.ReplaceAll(n, "-", " ")) {
				if !strings.Contains(strings.ToUpper(said), strings.ToUpper(part)) {
					t.Errorf("%s does not say %q", name, part)
				}
			}
		}
	}
}
