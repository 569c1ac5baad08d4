package inscription_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
)

var today = date.Du(2026, time.November, 20)

func refuses(t *testing.T, err error, words string) {
	t.Helper()
	if words == "" && err != nil {
		t.Errorf("refused: %v", err)
	}
	if _, ok := refusal.As(err); words != "" && (!ok || !strings.Contains(err.Error(), words)) {
		t.Errorf("got %v, want a refusal with %q", err, words)
	}
}

func TestDemande(t *testing.T) {
	primaire := &inscription.Place{Type: ecole.Primaire, Ouvert: true}
	for _, tt := range []struct {
		name   string
		change func(d *inscription.Demande)
		place  *inscription.Place
		want   string
	}{
		{"dans une école", func(*inscription.Demande) {}, primaire, ""},
		{"sur la liste d’attente", func(d *inscription.Demande) { d.Ecole = "" }, nil, ""},
		{"pour l’année prochaine", func(d *inscription.Demande) { d.Annee = 2027 }, primaire, ""},
		{"sans niveau connu", func(d *inscription.Demande) { d.Niveau = "" }, primaire, ""},
		{"pour une année finie", func(d *inscription.Demande) { d.Annee = 2025 }, primaire, "est terminée"},
		{"sans date", func(d *inscription.Demande) { d.Le = time.Time{} }, primaire, "Indiquez la date"},
		{"demain", func(d *inscription.Demande) { d.Le = today.AddDate(0, 0, 1) }, primaire, "dans l’avenir"},
		{"il y a dix ans", func(d *inscription.Demande) { d.Le = today.AddDate(-10, 0, 0) }, primaire, "trop ancienne"},
		{"dérogation inventée", func(d *inscription.Demande) { d.Derogation = "caprice" }, primaire, "motif de la liste"},
		{"école fermée", func(*inscription.Demande) {}, &inscription.Place{Type: ecole.Primaire}, "fermée"},
		{"CE1 en maternelle", func(*inscription.Demande) {}, &inscription.Place{Type: ecole.Maternelle, Ouvert: true}, "n’a pas de"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := inscription.Demande{Annee: 2026, Ecole: "0659001F", Niveau: ecole.CE1, Le: today.AddDate(0, -5, 0)}
			tt.change(&d)
			refuses(t, d.Valider(today, tt.place), tt.want)
		})
	}
}

func TestAnnuler(t *testing.T) {
	for _, tt := range []struct {
		etat  inscription.Etat
		motif string
		want  string
		then  inscription.Etat
	}{
		{inscription.Inscrit, "famille_renonce", "", inscription.Annulee},
		{inscription.EnAttente, "double_demande", "", inscription.Annulee},
		{inscription.EnAttente, "derogation_refusee", "", inscription.Refusee},
		{inscription.Inscrit, "", "Choisissez le motif", inscription.Inscrit},
		{inscription.Inscrit, "caprice", "Choisissez le motif", inscription.Inscrit},
		{inscription.Transformee, "famille_renonce", "déjà répondu", inscription.Transformee},
		{inscription.Annulee, "famille_renonce", "est annulée", inscription.Annulee},
	} {
		t.Run(string(tt.etat)+" "+tt.motif, func(t *testing.T) {
			i := inscription.Inscription{Etat: tt.etat}
			refuses(t, i.Annuler(tt.motif), tt.want)
			if i.Etat != tt.then {
				t.Errorf("became %s, want %s", i.Etat, tt.then)
			}
		})
	}
}
