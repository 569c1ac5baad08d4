package transfert

import (
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
)

const (
	ici      = "0659101P"
	ailleurs = "0659002G"
)

func TestRefus(t *testing.T) {
	id := uuid.New()
	mairie := scolarite.Lieu{Secteur: ecole.Public, Nom: "Tarbes", Saisie: "mairie"}
	deux := scolarite.Lieu{Secteur: ecole.Public, Nom: "Tarbes", Saisie: "les_deux"}
	privee := scolarite.Lieu{Secteur: ecole.PriveSimple, Nom: "Tarbes", Saisie: "mairie"}
	inscrit := func(uai string) Attente {
		return Attente{InscriptionID: &id, Inscription: inscription.Inscrit, Inscrit: uai}
	}
	for _, tt := range []struct {
		name    string
		etat    Etat
		attente Attente
		lieu    scolarite.Lieu
		want    string
	}{
		{"personne ne l’attend", Propose, Attente{}, deux, ""},
		{"la mairie l’a inscrit ici", Propose, inscrit(ici), mairie, ""},
		{"la mairie seule inscrit", Propose, Attente{}, mairie, "La mairie de Tarbes doit d’abord l’inscrire."},
		{"une école privée ne demande rien à la mairie", Propose, Attente{}, privee, ""},
		{"la mairie l’a inscrit ailleurs", Propose, inscrit(ailleurs), deux, "La mairie l’a inscrit dans une autre école."},
		{"il est sur la liste d’attente", Propose, Attente{InscriptionID: &id, Inscription: inscription.EnAttente}, deux,
			"Il est sur la liste d’attente de la mairie, qui doit d’abord l’inscrire."},
		{"une autre école l’attend", Propose, Attente{Attendu: ailleurs}, deux, "Une autre école l’attend déjà."},
		{"celle-ci l’attend déjà", Propose, Attente{Attendu: ici}, deux, "Cette école l’attend déjà."},
		{"il n’est plus proposé", Retire, Attente{}, deux, "Cet élève n’est plus proposé."},
	} {
		if got := (Eleve{Etat: tt.etat, Attente: tt.attente}).Refus(ici, tt.lieu); got != tt.want {
			t.Errorf("%s: got %q", tt.name, got)
		}
	}
}

func TestAInscrire(t *testing.T) {
	id := uuid.New()
	public := scolarite.Lieu{Secteur: ecole.Public}
	for _, tt := range []struct {
		name    string
		attente Attente
		lieu    scolarite.Lieu
		want    bool
	}{
		{"sans inscription", Attente{}, public, true},
		{"sur la liste d’attente", Attente{InscriptionID: &id, Inscription: inscription.EnAttente}, public, true},
		{"déjà inscrit", Attente{InscriptionID: &id, Inscription: inscription.Inscrit, Inscrit: ici}, public, false},
		{"attendu ailleurs", Attente{Attendu: ailleurs}, public, false},
		{"dans une école privée", Attente{}, scolarite.Lieu{Secteur: ecole.PriveSimple}, false},
	} {
		if got := (Eleve{Etat: Propose, Attente: tt.attente}).AInscrire(ici, tt.lieu); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}

// A regroupement shares the niveaux out among its schools; a commune has one school of each kind, or one chooses.
func TestPressentie(t *testing.T) {
	rpi := []Proche{
		{UAI: "A", Type: ecole.Primaire, Regroupement: true, Niveaux: []string{"PS", "CP"}},
		{UAI: "B", Type: ecole.Primaire, Regroupement: true, Niveaux: []string{"CE1", "CE2"}},
	}
	elementaire := Proche{UAI: "C", Type: ecole.Elementaire, MemeCommune: true}
	privee := Proche{UAI: "D", Type: ecole.Primaire, Secteur: ecole.PriveSimple, MemeCommune: true}
	elementaire.Secteur = ecole.Public
	autre := elementaire
	autre.UAI = "E"
	for _, tt := range []struct {
		name    string
		niveau  ecole.Niveau
		proches []Proche
		want    string
	}{
		{"le CE1 du regroupement", ecole.CE1, rpi, "B"},
		{"le CP du regroupement", ecole.CP, rpi, "A"},
		{"un niveau que le regroupement n’a pas", ecole.CM2, rpi, ""},
		{"la seule école publique de la commune", ecole.CP, []Proche{elementaire, privee}, "C"},
		{"deux écoles de la commune", ecole.CP, []Proche{elementaire, autre}, ""},
		{"aucune n’ouvre ce niveau", ecole.GS, []Proche{elementaire}, ""},
	} {
		if got := Pressentie(tt.niveau, tt.proches); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
