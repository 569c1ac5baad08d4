package reprise

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/onde"
)

// arrivant is a line of a file of pupils, with what was found about it.
type arrivant struct {
	onde.Eleve
	connu      *Eleve // nil for a pupil to create
	domicile   logement
	second     logement
	ine        string
	naissance  string // INSEE code of the commune of birth, "" when it is not known
	etranger   bool
	classement *classe // the class that the line names, nil for none
	champs     []Champ
}

// ligneEleve works out a line of a file of pupils.
func (p *planification) ligneEleve(e onde.Eleve) {
	l := Ligne{No: e.Ligne, Nom: eleve.NomListe(e.NomFamille, e.NomUsage, eleve.NomPropre(e.Prenom)), Sort: Refuse}
	a := arrivant{Eleve: e}
	before := len(p.plan.Changements)
	switch ok := p.recevable(&a); {
	case !ok:
		p.plan.Changements = p.plan.Changements[:before]
	case a.connu != nil:
		l.Eleve, l.Nom = a.connu.ID, a.connu.affiche()
		p.completer(&a)
		l.Sort, l.Champs = sort(a.champs), a.champs
	default:
		p.creer(&a)
		l.Sort, l.Champs = Cree, a.champs
	}
	p.plan.Lignes = append(p.plan.Lignes, l)
}

// recevable reads and matches a line; false when it is refused, the reason being among the errors.
func (p *planification) recevable(a *arrivant) bool {
	if p.refusees[a.Ligne] || !p.premiere(a) || !p.reconnaitre(a) {
		return false
	}
	a.domicile, a.second = p.resoudre(a.Ligne, a.Adresse), p.resoudre(a.Ligne, a.Adresse2)
	p.naitre(a)
	return p.numeroter(a) && p.placable(a) && p.valide(a)
}

// premiere refuses a child whom an earlier line has named.
func (p *planification) premiere(a *arrivant) bool {
	key := identiteDe(a.Eleve)
	if _, twice := p.lues[key]; twice {
		p.refuser(a.Ligne, "", a.NomFamille+" "+a.Prenom, "Cet enfant est déjà nommé par une ligne précédente du fichier.",
			"Gardez une seule ligne par enfant.")
		return false
	}
	p.lues[key] = a.Ligne
	return true
}

// reconnaitre finds the pupil by his identity. The number only tells two homonyms apart.
func (p *planification) reconnaitre(a *arrivant) bool {
	same := p.parIdentite[identiteDe(a.Eleve)]
	if len(same) > 1 {
		same = filtrer(same, func(e *Eleve) bool { return a.INE != "" && e.INE == a.INE })
		if len(same) != 1 {
			p.refuser(a.Ligne, "Nom", a.NomFamille+" "+a.Prenom, "Plusieurs élèves de l’école ont cette identité.",
				"Corrigez le dossier de celui-ci depuis la liste des élèves.")
			return false
		}
	}
	if len(same) == 1 {
		a.connu = same[0]
		return p.presentOuParti(a)
	}
	if other, ok := p.ailleurs[a.Ligne]; ok {
		p.refuser(a.Ligne, "Nom", a.NomFamille+" "+a.Prenom, "Cet enfant a déjà un dossier hors de votre école.", remedeAilleurs(other))
		return false
	}
	p.ressemble(a)
	return true
}

func remedeAilleurs(o Ailleurs) string {
	where := o.Ecole
	if where == "" {
		where = "la mairie"
	}
	if o.Commune != "" {
		where += ", à " + o.Commune
	}
	return "Son dossier est tenu par " + where + "\u00a0: admettez-le depuis «\u00a0Admissions\u00a0», une fois radié de son ancienne école."
}

func filtrer(list []*Eleve, keep func(*Eleve) bool) []*Eleve {
	var kept []*Eleve
	for _, e := range list {
		if keep(e) {
			kept = append(kept, e)
		}
	}
	return kept
}

// ressemble says of a child to create whom he may be: same names and another day, or another sexe.
func (p *planification) ressemble(a *arrivant) {
	for _, e := range p.parNom[cleNom(a.NomFamille, a.Prenom)] {
		score, _ := rapprochement.Comparer(
			rapprochement.Identite{NomFamille: a.NomFamille, Prenom: a.Prenom, Sexe: a.Sexe, Naissance: a.Naissance},
			rapprochement.Identite{NomFamille: e.NomFamille, Prenom: e.Prenom, Sexe: e.Sexe, Naissance: e.DateNaissance})
		if score >= rapprochement.Proche {
			p.avertir(a.Ligne, "Date de naissance", a.Naissance.Format("02/01/2006"),
				"Un élève de l’école porte ce nom et ce prénom, avec une autre date de naissance ou un autre sexe\u00a0: un nouvel élève sera créé.",
				"Vérifiez la date et le sexe dans le fichier. Si c’est le même enfant, corrigez avant d’appliquer.")
			return
		}
	}
}

// presentOuParti refuses a pupil whom another act awaits, or who has left.
func (p *planification) presentOuParti(a *arrivant) bool {
	e := a.connu
	motif, remede := "", "Répondez d’abord depuis «\u00a0Admissions\u00a0», puis recommencez."
	switch etat := scolarite.Etat(e.Etat); {
	case etat == scolarite.Radie:
		motif, remede = "Cet élève a été radié de l’école cette année.", "S’il est revenu, annulez la radiation ou admettez-le de nouveau."
	case etat == scolarite.Admissible || e.ScolariteID == nil && e.TenuPar == "mairie":
		motif = "Cet enfant attend la réponse de l’école."
	default:
		return true
	}
	p.refuser(a.Ligne, "Nom", e.affiche(), motif, remede)
	return false
}

// numeroter reads the number. One of another pupil is never a reason to take a line for him.
func (p *planification) numeroter(a *arrivant) bool {
	if a.INE == "" {
		return true
	}
	ine, err := immatriculation.Parse(a.INE)
	if err != nil {
		p.avertir(a.Ligne, "INE", a.INE, "L’INE n’a pas la forme attendue\u00a0: il est laissé de côté.", err.Error())
		return true
	}
	if holder := p.parINE[string(ine)]; holder != nil && holder != a.connu {
		p.refuser(a.Ligne, "INE", ine.Masque(), "Cet INE est celui d’un autre élève de l’école\u00a0: "+holder.affiche()+".",
			"L’identité diffère\u00a0: corrigez le nom, la date ou le sexe, dans le fichier ou dans le dossier.")
		return false
	}
	if a.connu != nil && a.connu.INE != "" && a.connu.INE != string(ine) {
		p.avertir(a.Ligne, "INE", ine.Masque(), "L’élève a un autre INE dans la base\u00a0: celui du fichier est laissé de côté.",
			"Demandez à l’inspection académique lequel est le bon.")
		return true
	}
	if !ine.CleHabituelle() {
		p.avertir(a.Ligne, "INE", ine.Masque(), "La clé de cet INE est inhabituelle\u00a0: il est repris tel quel.", "Vérifiez-le.")
	}
	a.ine = string(ine)
	return true
}

// naitre reads the place of birth, which the extraction of ONDE seldom gives: it is then left to complete.
func (p *planification) naitre(a *arrivant) {
	a.etranger = !estFrance(a.PaysNaissance)
	if a.etranger || a.CommuneNaissance == "" && a.InseeNaissance == "" {
		return
	}
	if c, ok := commune.Find(a.InseeNaissance); ok && a.InseeNaissance != "" {
		a.naissance = c.Insee
		return
	}
	named := a.CommuneNaissance
	if a.DeptNaissance != "" {
		named += " (" + a.DeptNaissance + ")"
	}
	l := p.lieux.trouver("", "", named)
	if l.motif != "" {
		p.avertir(a.Ligne, "Commune de naissance", named, "La commune de naissance n’est pas reconnue\u00a0: elle reste à compléter.", l.motif)
		return
	}
	a.naissance = l.commune.Insee
}

// valide says what the rules of the file of a pupil refuse of one to create.
func (p *planification) valide(a *arrivant) bool {
	if a.connu != nil {
		return true
	}
	i := eleve.Identite{
		NomFamille: a.NomFamille, NomUsage: a.NomUsage, Prenom: a.Prenom, Prenom2: a.Prenom2, Prenom3: a.Prenom3,
		Sexe: eleve.Sexe(a.Sexe), DateNaissance: a.Naissance, NeEtranger: a.etranger, CommuneNaissance: a.naissance,
	}
	ok := true
	for _, r := range refusal.All(i.Valider(p.base.Aujourdhui)) {
		if r.Field == "commune_naissance" {
			continue
		}
		p.refuser(a.Ligne, rubrique(r.Field), valeurDe(a.Eleve, r.Field), r.Motif, "Corrigez cette valeur dans le fichier.")
		ok = false
	}
	return ok
}

// rubrique is the column of a field, as a person reads it.
func rubrique(field string) string {
	for _, r := range onde.Rubriques(onde.Eleves) {
		if string(r.Champ) == field {
			return r.Libelle
		}
	}
	return ""
}

func valeurDe(e onde.Eleve, field string) string {
	if field == "date_naissance" {
		return e.Naissance.Format("02/01/2006")
	}
	return map[string]string{
		"nom_famille": e.NomFamille, "nom_usage": e.NomUsage, "prenom": e.Prenom, "prenom2": e.Prenom2, "prenom3": e.Prenom3,
	}[field]
}

// creer plans the file of a pupil, his scolarité of the year and what goes with them.
func (p *planification) creer(a *arrivant) {
	id := uuid.New()
	home := p.loger(a.Ligne, a.NomFamille, a.domicile)
	second := p.loger(a.Ligne, a.NomFamille, a.second)
	if home != nil && second != nil && *home == *second {
		second = nil
	}
	p.ajouter(a.Ligne, "eleve", id, id, map[string]any{
		"ecole_uai": p.base.Ecole, "tenu_par": "ecole", "etat": "actif",
		"nom_famille": eleve.NomPropre(a.NomFamille), "nom_usage": eleve.NomPropre(a.NomUsage), "prenom": eleve.NomPropre(a.Prenom),
		"prenom2": eleve.NomPropre(a.Prenom2), "prenom3": eleve.NomPropre(a.Prenom3), "sexe": a.Sexe, "date_naissance": jour(a.Naissance),
		"ne_etranger": a.etranger, "commune_naissance_insee": ouNul(a.naissance), "adresse_id": home, "adresse2_id": second,
	})
	p.montrer(a, "Adresse", a.domicile)
	p.montrer(a, "Seconde adresse", a.second)
	p.scolariser(a, id)
	p.autoriser(a, id, nil)
	if a.ine != "" {
		p.immatriculer(a, id)
	}
	p.entourer(a, id)
}

// montrer shows a home that a pupil to create will have.
func (p *planification) montrer(a *arrivant, libelle string, l logement) {
	if l.row != nil {
		a.champs = append(a.champs, Champ{libelle, "", l.affiche()})
	}
}

func (p *planification) immatriculer(a *arrivant, id uuid.UUID) {
	p.ajouter(a.Ligne, "immatriculation", id, id, map[string]any{"ine": a.ine})
	a.champs = append(a.champs, Champ{"INE", "", immatriculation.INE(a.ine).Masque()})
}

// ouNul is null for an empty text.
func ouNul(s string) any {
	if s == "" {
		return nil
	}
	return s
}
