package demo

import (
	"base-eleves/internal/demo/bulk"
	"base-eleves/internal/demo/monde"
	"base-eleves/internal/domain/ecole"
)

// territoires is what a world stands on: the tables of migrations/0002_territoire.sql, in the order of their keys.
func territoires(p *monde.Plan) []*bulk.Table {
	return []*bulk.Table{academies(p), departements(p), circonscriptions(p), communes(p), rpis(p), colleges(p), ecoles(p), annees(p)}
}

func academies(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("academie", "code", "nom")
	for _, a := range p.Academies {
		t.Row().Text(a.Code).Text(a.Nom)
	}
	return t
}

func departements(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("departement", "code", "nom", "academie_code")
	for _, d := range p.Departements {
		t.Row().Text(d.Code).Text(d.Nom).Text(d.Academie.Code)
	}
	return t
}

func circonscriptions(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("circonscription", "uai", "nom", "departement_code")
	for _, c := range p.Circonscriptions {
		t.Row().Text(c.UAI).Text(c.Nom).Text(c.Departement)
	}
	return t
}

func communes(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("commune", "insee", "nom", "departement_code")
	for _, c := range p.Communes {
		t.Row().Text(c.Insee).Text(c.Nom).Text(c.Departement)
	}
	return t
}

func rpis(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("rpi", "code", "forme", "departement_code")
	for _, r := range p.RPIs {
		t.Row().Text(r.Code).Text("disperse").Text(r.Departement)
	}
	return t
}

func colleges(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("college", "uai", "nom", "secteur", "commune_insee", "adresse", "code_postal")
	for _, c := range p.Colleges {
		t.Row().Text(c.UAI).Text(c.Nom).Text(c.Secteur).Text(c.Commune.Insee).Text(c.Adresse).Text(codePostal(c.Commune.Postaux()))
	}
	return t
}

func ecoles(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("ecole", "uai", "nom", "type", "secteur", "adresse", "code_postal", "commune_insee",
		"circonscription_uai", "departement_code", "rpi_code", "telephone", "courriel", "directeur")
	for _, s := range p.Secteurs {
		for _, e := range s.Ecoles {
			t.Row().Text(e.UAI).Text(e.Nom).Text(string(e.Type)).Text(string(e.Secteur)).Text(e.Adresse).
				Text(codePostal(e.Commune.Postaux())).Text(e.Commune.Insee).Text(e.Circonscription).
				Text(e.Commune.Departement).TextOrNull(e.RPI).Text(e.Telephone()).Text(e.Courriel()).Text(e.Directeur.String())
		}
	}
	return t
}

// annees are last year, this one and the next: N+1 is open as soon as there is something to prepare for it.
func annees(p *monde.Plan) *bulk.Table {
	t := bulk.NewTable("annee_scolaire", "code", "debut", "fin")
	for _, a := range []ecole.Annee{p.Annee() - 1, p.Annee(), p.Annee() + 1} {
		t.Row().Int4(int(a)).Date(a.Debut()).Date(a.Fin())
	}
	return t
}

func codePostal(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return codes[0]
}
