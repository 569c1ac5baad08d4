package ecoles

import (
	"strconv"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/web/ui"
)

// nombre is how many pupils of a niveau a school has; niveau "" is all.
func (a apercu) nombre(uai string, n ecole.Niveau) (total int) {
	for _, e := range a.effectifs {
		if e.Ecole == uai && (n == "" || e.Niveau == string(n)) {
			total += e.Nombre
		}
	}
	return total
}

// mouvement is how many pupils of a niveau come to a school, less those who go, in the year of the decision.
func (a apercu) mouvement(uai string, n ecole.Niveau) (total int) {
	for _, t := range a.touches {
		if t.Acte == "inscrire" || t.Acte == "indecis" || t.Annee != int(a.decision.Annee) || n != "" && t.Niveau != string(n) {
			continue
		}
		if t.Vers == uai {
			total++
		}
		if t.De == uai && t.Acte != "ouvrir" {
			total--
		}
	}
	return total
}

// comptes are the pupils of each school, niveau by niveau, now, and as the decision will leave them.
func (a apercu) comptes(apres bool) ui.TableProps {
	caption := "Élèves de " + a.decision.Annee.Libelle() + ", maintenant"
	if apres {
		caption = "Les mêmes, après la décision"
	}
	t := ui.TableProps{Caption: caption, Columns: []ui.Column{{Label: "École"}}}
	for _, n := range ecole.Niveaux() {
		t.Columns = append(t.Columns, ui.Column{Label: string(n), Number: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Total", Number: true})
	for _, e := range append(a.ecoles, concernee{Nom: "Total"}) {
		row := ui.ListRow{Cells: ui.Cells(e.nom())}
		if e.UAI == "" {
			row.Cells = ui.Cells("Total")
		}
		for _, n := range append(ecole.Niveaux(), "") {
			row.Cells = append(row.Cells, ui.Cell(said(a.compte(e.UAI, n, apres))))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// compte is one cell; uai "" is all schools.
func (a apercu) compte(uai string, n ecole.Niveau, apres bool) (total int) {
	for _, e := range a.ecoles {
		if uai != "" && e.UAI != uai {
			continue
		}
		total += a.nombre(e.UAI, n)
		if apres {
			total += a.mouvement(e.UAI, n)
		}
	}
	return total
}

// sorts says what each act is for a pupil.
var sorts = map[string]string{
	"fermer":   "Présent\u00a0: change d’école à la date d’effet",
	"deplacer": "Attendu\u00a0: attendu dans l’autre école",
	"ouvrir":   "Son année prochaine s’ouvre dans l’autre école",
	"inscrire": "Inscrit par la mairie\u00a0: l’inscription suit",
	"indecis":  "Sans décision de passage",
}

func (a apercu) eleves() ui.TableProps {
	noms := map[string]string{}
	for _, e := range a.ecoles {
		noms[e.UAI] = e.Nom
	}
	t := ui.TableProps{Caption: "Élèves concernés", Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Année"}, {Label: "Niveau"}, {Label: "Classe"}, {Label: "De"}, {Label: "Vers"}, {Label: "Ce qui change"}}}
	for _, e := range a.touches {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(e.Nom+" "+e.Prenom, strconv.Itoa(e.Annee), e.Niveau, e.Classe, noms[e.De], noms[e.Vers], sorts[e.Acte])})
	}
	return t
}

// consequences are what the decision does, one sentence each.
func (a apercu) consequences() []string {
	var list []string
	for _, e := range a.ecoles {
		switch {
		case e.Ferme:
			list = append(list, e.nom()+" ferme le "+date.Long(a.decision.Le)+". Son registre et ses certificats restent lisibles.")
		case e.Creee:
			list = append(list, e.nom()+" ouvre le "+date.Long(a.decision.Le)+", "+minuscule(e.Type.Libelle())+".")
		case e.TypeApres != "" && e.TypeApres != e.Type && a.decision.Annoncee():
			list = append(list, e.nom()+" devient une "+minuscule(e.TypeApres.Libelle())+".")
		}
	}
	for _, e := range a.ecoles {
		list = append(list, e.demandes()...)
	}
	if len(a.touches) > 0 {
		list = append(list, "Les classes sont refaites dans l’école qui accueille, avec leurs élèves\u00a0; un nom déjà pris reçoit un numéro.",
			"Les habilitations des directeurs ne changent pas\u00a0: demandez au service informatique celles de la nouvelle école.")
	}
	return list
}

// demandes says what becomes of what the school and others have asked of one another.
func (c concernee) demandes() (list []string) {
	if c.Suivent > 0 {
		list = append(list, c.nom()+"\u00a0: "+ui.Plural(c.Suivent, "demande de libération ou offre de transfert suit", "demandes de libération ou offres de transfert suivent")+
			" dans l’école qui accueille.")
	}
	if c.Closes > 0 {
		list = append(list, c.nom()+"\u00a0: "+ui.Plural(c.Closes, "demande ou offre est close", "demandes ou offres sont closes")+". Les deux écoles en lisent la raison.")
	}
	return list
}

func (a apercu) annulable() bool { return a.decision.Annulable(a.agent.Maintenant) }

func (a apercu) version() string { return strconv.Itoa(a.decision.Version) }
