package effectifs

import (
	"net/http"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
)

// export gives the table of the classes or of the schools; a whole département comes school by school.
func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := view{agent: agent, critere: readCritere(r.URL.Query(), agent)}
	if v.critere.Maille == parCirconscription {
		v.critere.Maille = parEcole
	}
	var err error
	if v.lecture, err = p.read(r.Context(), agent, v.critere); err != nil {
		return err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "effectif", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	return httpx.Export(w, r, "effectifs-"+v.critere.Annee.Libelle(), v.table())
}

func (v view) table() tableau.Table {
	niveaux := v.lecture.colonnes(v.critere.Etat)
	t := tableau.Table{
		Title: v.titreDetail(), Details: []string{"Année scolaire " + v.critere.Annee.Libelle()},
		Issuer: v.agent.Territoire, Made: v.agent.Maintenant, Empty: "Aucun élève pour " + v.critere.Annee.Libelle() + ".",
		Columns: v.lieuColumns(),
	}
	for _, n := range niveaux {
		t.Columns = append(t.Columns, tableau.Column{Title: titre(n), Number: true})
	}
	t.Columns = append(t.Columns, tableau.Column{Title: "Total", Number: true})
	for _, l := range v.lignes() {
		row := v.lieuCells(l)
		counts := v.lecture.ligne(l.Cle, v.critere.Etat, niveaux)
		for _, n := range counts {
			row = append(row, n)
		}
		t.Rows = append(t.Rows, append(row, sum(counts)))
	}
	return t
}

func (v view) lieuColumns() []tableau.Column {
	if v.critere.Maille == parClasse {
		return tableau.Columns("Classe")
	}
	if v.agent.Role == habilitation.IA {
		return tableau.Columns("UAI", "École", "Commune", "Circonscription")
	}
	return tableau.Columns("UAI", "École", "Commune")
}

func (v view) lieuCells(l lieu) []any {
	switch {
	case v.critere.Maille == parClasse:
		return []any{l.Nom}
	case v.agent.Role == habilitation.IA:
		return []any{l.Cle, l.Nom, l.Commune, v.circonscription(l.Groupe)}
	}
	return []any{l.Cle, l.Nom, l.Commune}
}

// circonscription is the name of one, for the readers of several.
func (v view) circonscription(uai string) string {
	for _, c := range v.lecture.circos {
		if c.Cle == uai {
			return c.Nom
		}
	}
	return ""
}

// lignes are the lines of the second table: what is closed and empty is left out, the pupils without a class stand last.
func (v view) lignes() []lieu {
	niveaux := v.lecture.colonnes(v.critere.Etat)
	var kept []lieu
	for _, l := range v.lecture.lieux {
		if l.Ouvert || sum(v.lecture.ligne(l.Cle, v.critere.Etat, niveaux)) > 0 {
			kept = append(kept, l)
		}
	}
	if v.critere.Maille == parClasse && sum(v.lecture.ligne(sansClasse, v.critere.Etat, niveaux)) > 0 {
		kept = append(kept, lieu{Cle: sansClasse, Nom: "Sans classe"})
	}
	return kept
}

// libelle is the line as one reads it.
func (v view) libelle(l lieu) string {
	if v.critere.Maille == parEcole {
		return ecole.NomComplet(l.Nom, l.Commune)
	}
	return l.Nom
}
