package elections

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf/pdftest"
)

// The sheets of an election keep their words and their looks, with an ordinary voter, the longest names, letters of elsewhere.
func TestGolden(t *testing.T) {
	arretee, vote := date.Du(2026, time.September, 18), date.Du(2026, time.October, 9)
	school := ecole.EnTete{UAI: "0659001F", Nom: pdftest.EtablissementNom, Commune: pdftest.CommuneLongue, Adresse: pdftest.VoieLongue, CodePostal: "51290"}
	x := fiche{
		EcoleUAI: "0659001F", Ecole: pdftest.EtablissementNom, Commune: pdftest.CommuneLongue, Annee: 2026, ScrutinLe: vote, Mode: election.Urne, ArreteeLe: &arretee,
		Sieges: 3, Inscrits: 3, Votants: 3, ProclameeLe: &vote,
	}
	voters := registre{fiche: x, electeurs: []electeur{
		{Numero: 1, Personne: election.Personne{Civilite: "Mme", NomFamille: "Abadie", Prenom: "Anne"}},
		{Numero: 12345, Personne: election.Personne{Civilite: "Mme", NomFamille: pdftest.NomLong, NomUsage: pdftest.UsageLong, Prenom: pdftest.PrenomLong}},
		{Numero: 12346, Personne: election.Personne{Civilite: "M.", NomFamille: pdftest.NomAilleurs, Prenom: pdftest.PrenomAilleurs}},
	}}
	liste := uuid.New()
	v := scrutin{fiche: x, candidatures: []candidature{
		{ID: liste, Nom: "Liste des parents indépendants pour une école de la réussite, de la solidarité et de la coopération", Suffrages: 3, Titulaires: 2, Suppleants: 1},
	}}
	for i, nom := range []string{"Abadie Anne", pdftest.UsageLong + " " + pdftest.PrenomLong, pdftest.NomAilleurs + " " + pdftest.PrenomAilleurs} {
		v.candidats = append(v.candidats, candidat{ListeID: liste, Nom: nom, Numero: i + 1, Elu: []string{"titulaire", "titulaire", "suppleant"}[i]})
	}
	agent, long := habilitation.Agent{Maintenant: vote}, destinataire{Complement: pdftest.ComplementLong, Voie: pdftest.VoieLongue, CodePostal: "51290", Commune: pdftest.CommuneLongue}
	to := envoi{fiche: x, ecole: school, destinataires: []destinataire{
		{Voie: "5 rue des Pyrénées", CodePostal: "65000", Commune: "Tarbes"}, long, long, long, {},
	}}
	for i := range 3 {
		to.destinataires[i].Personne = voters.electeurs[i].Personne
	}
	to.destinataires[3].Personne = election.Personne{Organisme: pdftest.OrganismeLong}
	to.destinataires[4].Personne = voters.electeurs[1].Personne // whose address is protected
	to.destinataires[2].Pays, to.destinataires[2].LieuDit = "Bosnie-Herzégovine", "Lieu-dit de la Grange-aux-Dames"
	annule := v
	annule.fiche.AnnuleeLe, annule.fiche.Annulation = &vote, "depouillement"
	for name, p := range map[string]papier.Papier{
		"proces-verbal-annule": annule.proces(school, vote),
		"emargement":           voters.emargement(school, vote), "proces-verbal": v.proces(school, vote),
		"enveloppes": to.enveloppes("dl", agent), "enveloppes-c5": to.enveloppes("c5", agent),
		"etiquettes": to.etiquettes(url.Values{"planche": {"3x8"}, "debut": {"22"}}, agent), "etiquettes-2x7": to.etiquettes(url.Values{"planche": {"2x7"}}, agent),
	} {
		file, err := p.PDF()
		if err != nil {
			t.Fatal(err)
		}
		pdftest.Golden(t, name, file)
	}
}
