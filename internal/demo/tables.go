package demo

import (
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/demo/bulk"
	"base-eleves/internal/demo/invention"
	"base-eleves/internal/demo/monde"
	"base-eleves/internal/domain/immatriculation"
)

// tables are those that lives fill. The triggers that keep copies true are off while they do: what a trigger would
// have written, the functions of this file write.
type tables struct {
	classe, classeNiveau                *bulk.Table
	adresse, eleve, responsable, lien   *bulk.Table
	inscription, scolarite, affectation *bulk.Table
	immatriculation                     *bulk.Table
	contact, periscolaire, autorisation *bulk.Table
	serie                               int // last number of the register given
}

// identite are the columns that inscription and scolarite copy from the pupil.
var identite = []string{"residence_insee", "nom_famille", "nom_usage", "prenom", "sexe", "date_naissance"}

func newTables() *tables {
	with := func(columns ...string) []string { return append(columns, identite...) }
	return &tables{
		classe: bulk.NewTable("classe", "id", "ecole_uai", "annee", "libelle_court", "libelle_long", "enseignant", "salle"),

		classeNiveau: bulk.NewTable("classe_niveau", "classe_id", "ecole_uai", "niveau"),
		adresse: bulk.NewTable("adresse", "id", "complement", "voie", "lieu_dit", "code_postal", "commune_insee",
			"commune", "pays", "ecoles", "communes"),
		eleve: bulk.NewTable("eleve", with("id", "ecole_uai", "mairie_insee", "tenu_par", "etat", "prenom2", "prenom3",
			"ne_etranger", "commune_naissance_insee", "adresse_id", "adresse2_id", "cree_le")...),
		responsable: bulk.NewTable("responsable", "id", "nature", "civilite", "nom_famille", "nom_usage", "prenom",
			"organisme", "fonction", "adresse_id", "tel_domicile", "tel_travail", "tel_portable", "courriel",
			"ecoles", "communes"),
		lien: bulk.NewTable("lien_responsable", "eleve_id", "responsable_id", "lien", "autorite_parentale", "rang",
			"heberge", "associations", "ecole_uai", "mairie_insee", "residence_insee"),
		inscription: bulk.NewTable("inscription", with("id", "eleve_id", "annee", "commune_insee", "ecole_uai", "etat",
			"niveau", "date_demande", "date_inscription", "derogation", "motif_annulation", "saisie_par")...),
		scolarite: bulk.NewTable("scolarite", with("id", "eleve_id", "ecole_uai", "annee", "fin_annee", "inscription_id",
			"etat", "niveau", "classe_id", "date_effet", "date_admission", "date_radiation", "motif_radiation",
			"destination_uai", "destination")...),
		affectation:     bulk.NewTable("affectation", "id", "scolarite_id", "ecole_uai", "classe_id", "debut", "fin"),
		immatriculation: bulk.NewTable("immatriculation", "eleve_id", "ecole_uai", "etat", "raison", "ine", "demande_le", "attribue_le"),
		contact: bulk.NewTable("personne_autorisee", "id", "eleve_id", "nom_famille", "prenom", "lien", "tel_portable",
			"tel_domicile", "urgence", "autorisee", "rang", "ecole_uai", "mairie_insee", "residence_insee"),
		periscolaire: bulk.NewTable("periscolaire", "eleve_id", "annee", "garderie_matin", "garderie_soir", "etude", "restaurant",
			"transport", "ecole_uai", "mairie_insee", "residence_insee"),
		autorisation: bulk.NewTable("autorisation", "eleve_id", "annee", "assureur", "num_contrat", "responsabilite_civile",
			"individuelle_accident", "attestation_fournie", "photo", "rentre_seul", "ecole_uai", "mairie_insee", "residence_insee"),
	}
}

// all lists the tables in an order that foreign keys allow.
func (t *tables) all() []*bulk.Table {
	return []*bulk.Table{
		t.classe, t.classeNiveau, t.adresse, t.eleve, t.responsable, t.lien, t.inscription, t.scolarite, t.affectation,
		t.immatriculation, t.contact, t.periscolaire, t.autorisation,
	}
}

func (t *tables) names() []string {
	var names []string
	for _, table := range t.all() {
		names = append(names, table.Name)
	}
	return names
}

// write adds the life of a secteur.
func (t *tables) write(v *monde.Vie) error {
	for _, c := range v.Classes {
		t.classe.Row().UUID(c.ID).Text(c.Ecole).Int4(int(c.Annee)).Text(c.Libelle).Text(c.LibelleLong).
			Text(c.Enseignant).Text(c.Salle)
		for _, n := range c.Niveaux {
			t.classeNiveau.Row().UUID(c.ID).Text(c.Ecole).Text(string(n))
		}
	}
	for _, f := range v.Familles {
		t.famille(f)
		for _, e := range f.Eleves {
			if err := t.pupil(f, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// vue says through which schools and communes the homes and the people of a family are seen.
func vue(f *monde.Famille) (ecoles, communes []string) {
	for _, e := range f.Eleves {
		if e.Ecole != "" {
			ecoles = append(ecoles, e.Ecole)
		}
		communes = append(communes, e.Mairie)
		if residence := f.Famille.Foyers[0].Insee; residence != "" {
			communes = append(communes, residence)
		}
	}
	slices.Sort(ecoles)
	slices.Sort(communes)
	return slices.Compact(ecoles), slices.Compact(communes)
}

// habite tells whether somebody lives in the ith home: an organisation may have taken the place of him who did.
func habite(f *monde.Famille, i int) bool {
	return i == 0 || slices.ContainsFunc(f.Famille.Responsables, func(r invention.Responsable) bool { return r.Foyer == i })
}

func (t *tables) famille(f *monde.Famille) {
	ecoles, communes := vue(f)
	for i, a := range f.Famille.Foyers {
		if !habite(f, i) {
			continue
		}
		t.adresse.Row().UUID(f.Foyers[i]).Text(a.Complement).Text(a.Voie).Text(a.LieuDit).Text(a.CodePostal).
			TextOrNull(a.Insee).Text(a.Commune).Text(a.Pays).Texts(ecoles).Texts(communes)
	}
	for i, r := range f.Famille.Responsables {
		nature := "personne"
		if r.Organisme != "" {
			nature = "organisme"
		}
		t.responsable.Row().UUID(f.Responsables[i]).Text(nature).Text(r.Civilite).Text(r.Nom).Text(r.NomUsage).
			Text(r.Prenom).Text(r.Organisme).Text(r.Fonction).UUID(f.Foyers[r.Foyer]).Text(r.TelDomicile).
			Text(r.TelTravail).Text(r.TelPortable).Text(r.Courriel).Texts(ecoles).Texts(communes)
	}
}

func (t *tables) pupil(f *monde.Famille, e *monde.Eleve) error {
	residence := f.Famille.Foyers[0].Insee
	tenuPar := "ecole"
	if e.TenuParLaMairie {
		tenuPar = "mairie"
	}
	copyIdentite(t.eleve.Row().UUID(e.ID).TextOrNull(e.Ecole).Text(e.Mairie).Text(tenuPar).Text(e.Etat).Text(e.Prenom2).
		Text(e.Prenom3).Bool(e.NeEtranger).TextOrNull(e.CommuneNaissance).UUID(f.Foyers[0]).UUIDOrNull(secondFoyer(f)).Timestamp(e.CreeLe), e.Enfant, residence)
	for i, r := range f.Famille.Responsables {
		heberge := r.Foyer == 0 || r.Foyer == 1 && f.Alternee
		t.lien.Row().UUID(e.ID).UUID(f.Responsables[i]).Text(r.Lien).Bool(r.AutoriteParentale).Int2(i + 1).
			Bool(heberge).Bool(accepte(f.Responsables[i])).TextOrNull(e.Ecole).Text(e.Mairie).TextOrNull(residence)
	}
	for _, i := range e.Inscriptions {
		t.inscrire(e, i, residence)
	}
	for _, s := range e.Scolarites {
		t.scolariser(e, s, residence)
	}
	t.completer(e, residence)
	return t.immatriculer(e)
}

func copyIdentite(t *bulk.Table, e invention.Enfant, residence string) {
	t.TextOrNull(residence).Text(e.Nom).Text(e.NomUsage).Text(e.Prenom).Text(e.Sexe).Date(e.Naissance)
}

func (t *tables) inscrire(e *monde.Eleve, i *monde.Inscription, residence string) {
	saisiePar := "mairie"
	if i.SaisiParLEcole {
		saisiePar = "ecole"
	}
	copyIdentite(t.inscription.Row().UUID(i.ID).UUID(e.ID).Int4(int(i.Annee)).Text(i.Commune).TextOrNull(i.Ecole).
		Text(i.Etat).TextOrNull(string(i.Niveau)).Date(i.DateDemande).Date(i.DateInscription).Text(i.Derogation).
		Text(i.MotifAnnulation).Text(saisiePar), e.Enfant, residence)
}

func (t *tables) scolariser(e *monde.Eleve, s *monde.Scolarite, residence string) {
	classe := uuid.Nil
	if s.Classe != nil {
		classe = s.Classe.ID
		debut, fin := s.Affectation()
		t.affectation.Row().UUID(s.ID).UUID(s.ID).Text(s.Ecole).UUID(classe).Date(debut).Date(fin)
	}
	copyIdentite(t.scolarite.Row().UUID(s.ID).UUID(e.ID).Text(s.Ecole).Int4(int(s.Annee)).Date(s.Annee.Fin()).
		UUIDOrNull(s.Inscription).Text(s.Etat).TextOrNull(string(s.Niveau)).UUIDOrNull(classe).Date(s.DateEffet).
		Date(s.DateAdmission).Date(s.DateRadiation).Text(s.Motif).TextOrNull(s.DestinationUAI).Text(s.Destination),
		e.Enfant, residence)
}

// immatriculer writes the demand of a number, and the number once it is attributed.
func (t *tables) immatriculer(e *monde.Eleve) error {
	i := e.Immatriculation
	if i == nil {
		return nil
	}
	row := t.immatriculation.Row().UUID(e.ID).Text(e.Ecole)
	if i.AttribueLe.IsZero() {
		row.Text(i.Etat).Text(i.Raison).Null().Timestamp(i.DemandeLe).Null()
		return nil
	}
	t.serie++
	ine, err := immatriculation.NewRNIE(t.serie)
	if err != nil {
		return err
	}
	row.Text(i.Etat).Text(i.Raison).Text(string(ine)).Timestamp(i.DemandeLe).Timestamp(i.AttribueLe)
	return nil
}
