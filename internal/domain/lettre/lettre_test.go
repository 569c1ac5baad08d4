package lettre_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

func valide(m lettre.Modele) lettre.Modele {
	if m.Titre == "" {
		m.Titre = "Réunion"
	}
	if m.Objet == "" {
		m.Objet = "Réunion"
	}
	if m.Corps == "" {
		m.Corps = "Bonjour."
	}
	return m
}

func TestValider(t *testing.T) {
	for _, tt := range []struct {
		name         string
		m            lettre.Modele
		champ, motif string
	}{
		{"un texte sans champ", lettre.Modele{}, "", ""},
		{"des champs, une question", lettre.Modele{Corps: "{prenom} viendra [jour]."}, "", ""},
		{"les accents et les capitales sont sans importance", lettre.Modele{Corps: "{Prénom}, né le {né le}"}, "", ""},
		{"une lettre manque", lettre.Modele{Corps: "Bonjour {prenm}"}, "corps", "Le champ {prenm} n’existe pas. Vouliez-vous écrire {prenom}\u00a0?"},
		{"un autre mot, dans l’objet", lettre.Modele{Objet: "Classe de {enseignante}"}, "objet", "Le champ {enseignante} n’existe pas. Vouliez-vous écrire {enseignant}\u00a0?"},
		{"ce qui ne s’imprime pas", lettre.Modele{Corps: "Son INE est {ine}"}, "corps", "Le champ {ine} n’existe pas."},
		{"une accolade ouverte", lettre.Modele{Corps: "Bonjour {prenom"}, "corps", "Une accolade ou un crochet n’est pas fermé"},
		{"un crochet fermé de trop", lettre.Modele{Corps: "le jour]"}, "corps", "Une accolade ou un crochet n’est pas fermé"},
		{"un titre qui dirait la santé", lettre.Modele{Titre: "Réunion PAI"}, "titre", "Ce nom dirait"},
		{"trop long", lettre.Modele{Corps: strings.Repeat("a", lettre.LongueurCorps+1)}, "corps", "Au plus 5000\u00a0caractères."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := valide(tt.m).Valider()
			no, refused := refusal.As(err)
			if refused != (tt.champ != "") || refused && (no.Field != tt.champ || !strings.Contains(no.Motif, tt.motif)) {
				t.Errorf("got %v", err)
			}
		})
	}
	for _, field := range []string{"titre", "objet", "corps"} { // nothing written
		if !strings.Contains(strings.Join(champs(lettre.Modele{}.Valider()), " "), field) {
			t.Errorf("an empty letter is not refused for its %s", field)
		}
	}
}

func champs(err error) (list []string) {
	for _, r := range refusal.All(err) {
		list = append(list, r.Field)
	}
	return list
}

var (
	chez, ailleurs = uuid.MustParse("0a000000-0000-4000-8000-000000000001"), uuid.MustParse("0a000000-0000-4000-8000-000000000002")

	rue, quai = foyer.Domicile{AdresseID: chez, Voie: "3 rue des Lilas"}, foyer.Domicile{AdresseID: ailleurs, Voie: "9 quai du Gave"}
)

func eleve(n byte, prenom string, d foyer.Domicile) lettre.Destine {
	return lettre.Destine{Sexe: "F", Niveau: "CE1", Enseignant: "Mme Lac", DateNaissance: time.Date(2019, 4, 12, 0, 0, 0, 0, time.UTC),
		Enfant: foyer.Enfant{ID: uuid.UUID{15: n}, NomFamille: "Abadie", Prenom: prenom, Classe: "CE1 A", Domicile: d}}
}

func parent(n byte, civilite, prenom string, autorite bool, d foyer.Domicile) foyer.Personne {
	return foyer.Personne{ID: uuid.UUID{14: 1, 15: n}, Nature: "personne", Civilite: civilite, Prenom: prenom, NomFamille: "Abadie", Lien: "mere",
		AutoriteParentale: autorite, Domicile: d}
}

func TestRemplir(t *testing.T) {
	m := lettre.Modele{
		Objet: "Sortie de {prenom}",
		Corps: "{madame_monsieur},\n\nVotre {fils_ou_fille} {prenom}, née le {ne_le}, ira à [lieu] avec {enseignant}.\nDépart : [heure].\n \nL'école\n---\nÀ rendre\n{nom} {prenom}, {classe}\n\nSignature",
	}
	f := lettre.Faits{Eleve: eleve(1, "Lina", rue), Gens: []foyer.Personne{parent(1, "Mme", "Anne", true, rue)}}
	got := m.Remplir(f, map[string]string{"lieu": "Pau {nom}"})
	want := lettre.Remplie{
		Objet: "Sortie de Lina",
		Paragraphes: []string{"Madame,",
			"Votre fille Lina, née le 12\u00a0avril\u00a02019, ira à Pau {nom} avec Mme Lac.\nDépart\u00a0: ………………….", "L’école"},
		Talon: []string{"À rendre", "Abadie Lina, CE1 A", "Signature"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if q := m.Questions(); !reflect.DeepEqual(q, []string{"lieu", "heure"}) {
		t.Errorf("questions %q", q)
	}
	f.Eleve.Enseignant = ""
	if missing := m.Manquent(f); !reflect.DeepEqual(missing, []string{"Enseignant de la classe"}) {
		t.Errorf("missing %q", missing)
	}
}

func TestPlis(t *testing.T) {
	lina, noe := eleve(1, "Lina", rue), eleve(2, "Noé", rue)
	mere, pere, pereAilleurs, tante := parent(1, "Mme", "Anne", true, rue), parent(2, "M.", "Luc", true, rue),
		parent(2, "M.", "Luc", true, quai), parent(3, "Mme", "Rose", false, quai)
	cachee := mere
	cachee.Domicile = foyer.Domicile{AdresseID: chez, AdresseCachee: true}
	for _, tt := range []struct {
		name   string
		eleves []lettre.Destine
		gens   []foyer.Personne
		choix  lettre.Choix
		plis   []string
		omis   []string
	}{
		{"deux parents ensemble", []lettre.Destine{lina}, []foyer.Personne{mere, pere}, lettre.Choix{},
			[]string{"Mme Anne Abadie, M. Luc Abadie, 3 rue des Lilas"}, nil},
		{"deux parents ensemble, chacun la sienne", []lettre.Destine{lina}, []foyer.Personne{mere, pere}, lettre.Choix{ParPersonne: true},
			[]string{"Mme Anne Abadie, 3 rue des Lilas", "M. Luc Abadie, 3 rue des Lilas"}, nil},
		{"deux parents séparés", []lettre.Destine{lina}, []foyer.Personne{mere, pereAilleurs}, lettre.Choix{},
			[]string{"Mme Anne Abadie, 3 rue des Lilas", "M. Luc Abadie, 9 quai du Gave"}, nil},
		{"une personne sans autorité", []lettre.Destine{lina}, []foyer.Personne{mere, tante}, lettre.Choix{},
			[]string{"Mme Anne Abadie, 3 rue des Lilas"}, []string{"Mme Rose Abadie\u00a0: mère, sans autorité parentale"}},
		{"une adresse protégée", []lettre.Destine{lina}, []foyer.Personne{cachee, pereAilleurs}, lettre.Choix{},
			[]string{"Mme Anne Abadie, À remettre en main propre, Lina CE1 A (adresse protégée)", "M. Luc Abadie, 9 quai du Gave"}, nil},
		{"personne n’est connu", []lettre.Destine{eleve(1, "Lina", foyer.Domicile{})}, nil, lettre.Choix{},
			[]string{"Aux responsables de Lina Abadie, À remettre en main propre, Lina CE1 A (adresse inconnue)"}, nil},
		{"frère et sœur, une lettre chacun", []lettre.Destine{lina, noe}, []foyer.Personne{mere}, lettre.Choix{},
			[]string{"Mme Anne Abadie, 3 rue des Lilas", "Mme Anne Abadie, 3 rue des Lilas"}, nil},
		{"frère et sœur, une lettre au foyer", []lettre.Destine{lina, noe}, []foyer.Personne{mere}, lettre.Choix{ParFoyer: true},
			[]string{"Mme Anne Abadie, 3 rue des Lilas"}, nil},
		{"un élève retiré", []lettre.Destine{{Enfant: lina.Enfant, Ecarte: true}, noe}, []foyer.Personne{mere}, lettre.Choix{},
			[]string{"Mme Anne Abadie, 3 rue des Lilas"}, []string{"Vous l’avez retiré de l’envoi."}},
		{"un dossier parti", []lettre.Destine{{Enfant: lina.Enfant, Ailleurs: true}}, nil, lettre.Choix{},
			nil, []string{"Son dossier est dans une autre école."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			gens := map[uuid.UUID][]foyer.Personne{lina.ID: tt.gens, noe.ID: tt.gens}
			plis, omis := lettre.Plis(tt.eleves, gens, tt.choix)
			var to, out []string
			for _, p := range plis {
				line := strings.Join(p.Destinataire(), ", ")
				if why := p.EnMain(); why != "" {
					line += " (" + why + ")"
				}
				to = append(to, line)
			}
			for _, o := range omis {
				line := o.Pourquoi
				if o.Personne != "" {
					line = o.Personne + "\u00a0: " + line
				}
				out = append(out, line)
			}
			if !reflect.DeepEqual(to, tt.plis) || !reflect.DeepEqual(out, tt.omis) {
				t.Errorf("got  %q\nwant %q\nleft out %q, want %q", to, tt.plis, out, tt.omis)
			}
		})
	}
}

// Those that the application gives to begin from are right.
func TestPretes(t *testing.T) {
	for _, p := range lettre.Pretes {
		if err := p.Valider(); err != nil {
			t.Errorf("%s: %v", p.Code, err)
		}
		if again, ok := lettre.PreteDe(p.Code); !ok || again != p {
			t.Errorf("%s is not found", p.Code)
		}
	}
	if p, _ := lettre.PreteDe("fermeture"); p.Personnelle() {
		t.Error("the closing of the school speaks of one pupil")
	}
	if p, _ := lettre.PreteDe("sortie"); !p.Personnelle() { // control
		t.Error("the outing speaks of no pupil")
	}
}

func TestGarder(t *testing.T) {
	m := fixture.New(t)
	var id uuid.UUID
	write := func(agent string, do func(context.Context, territoire.Tx, habilitation.Agent) error) {
		m.Ecrire(agent, do)
	}
	write("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = lettre.Garder(ctx, tx, a, valide(lettre.Modele{}))
		return err
	})
	write("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if err := lettre.Modifier(ctx, tx, a, id, 1, valide(lettre.Modele{Titre: "Fête"})); err != nil {
			return err
		}
		if err := lettre.Modifier(ctx, tx, a, id, 1, valide(lettre.Modele{})); err == nil {
			t.Error("an outdated version is written over")
		}
		return lettre.Supprimer(ctx, tx, a, id)
	})
	read := func() string {
		return fixture.Valeur[string](m, `select titre || ' ' || version || ' ' || (supprimee_le is null) from lettre_type`)
	}
	if got := read(); got != "Fête 3 false" {
		t.Errorf("put aside: %s", got)
	}
	write("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return lettre.Retablir(ctx, tx, a, id)
	})
	if got := read(); got != "Fête 4 true" {
		t.Errorf("taken back: %s", got)
	}
	write("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if err := lettre.Supprimer(ctx, tx, a, id); err == nil {
			t.Error("another school puts it aside")
		}
		return nil
	})
}
