package annuaire

// row is a line of a table that the directory fills, identified by its key. Two rows are equal when the base would
// not change.
type row interface {
	comparable
	cle() string
}

// Academie is a line of the table academie.
type Academie struct {
	Code string `db:"code" json:"code"`
	Nom  string `db:"nom" json:"nom"`
}

// Departement is a line of the table departement.
type Departement struct {
	Code     string `db:"code" json:"code"`
	Nom      string `db:"nom" json:"nom"`
	Academie string `db:"academie_code" json:"academie_code"`
}

// Circonscription is a line of the table circonscription.
type Circonscription struct {
	UAI         string `db:"uai" json:"uai"`
	Nom         string `db:"nom" json:"nom"`
	Departement string `db:"departement_code" json:"departement_code"`
}

// Commune is what the directory knows of a line of the table commune.
type Commune struct {
	Insee       string `db:"insee" json:"insee"`
	Nom         string `db:"nom" json:"nom"`
	Departement string `db:"departement_code" json:"departement_code"`
}

// RPI is a line of the table rpi.
type RPI struct {
	Code        string `db:"code" json:"code"`
	Forme       string `db:"forme" json:"forme"`
	Departement string `db:"departement_code" json:"departement_code"`
}

// College is a line of the table college.
type College struct {
	UAI        string `db:"uai" json:"uai"`
	Nom        string `db:"nom" json:"nom"`
	Secteur    string `db:"secteur" json:"secteur"`
	Commune    string `db:"commune_insee" json:"commune_insee"`
	Adresse    string `db:"adresse" json:"adresse"`
	CodePostal string `db:"code_postal" json:"code_postal"`
	Telephone  string `db:"telephone" json:"telephone"`
	Courriel   string `db:"courriel" json:"courriel"`
	Ouvert     bool   `db:"ouvert" json:"ouvert"`
}

// Ecole is what the directory knows of a line of the table ecole; the directeur's name is the school's own.
type Ecole struct {
	UAI             string `db:"uai" json:"uai"`
	Nom             string `db:"nom" json:"nom"`
	Type            string `db:"type" json:"type"`
	Secteur         string `db:"secteur" json:"secteur"`
	Adresse         string `db:"adresse" json:"adresse"`
	CodePostal      string `db:"code_postal" json:"code_postal"`
	Commune         string `db:"commune_insee" json:"commune_insee"`
	Circonscription string `db:"circonscription_uai" json:"circonscription_uai"` // "" for none
	Departement     string `db:"departement_code" json:"departement_code"`
	RPI             string `db:"rpi_code" json:"rpi_code"` // "" for none
	Telephone       string `db:"telephone" json:"telephone"`
	Courriel        string `db:"courriel" json:"courriel"`
	Ouverte         bool   `db:"ouverte" json:"ouverte"`
	Decidee         bool   `db:"decidee" json:"-"` // the IA has opened, closed or changed it
}

func (a Academie) cle() string        { return a.Code }
func (d Departement) cle() string     { return d.Code }
func (c Circonscription) cle() string { return c.UAI }
func (c Commune) cle() string         { return c.Insee }
func (r RPI) cle() string             { return r.Code }
func (c College) cle() string         { return c.UAI }
func (e Ecole) cle() string           { return e.UAI }

// A statement that reads gives the columns of the row; one that writes takes rows in JSON, new and changed ones alike.
const (
	readAcademies  = `select code, nom from academie`
	writeAcademies = `
		insert into academie (code, nom)
		select code, nom from json_populate_recordset(null::academie, $1)
		on conflict (code) do update set nom = excluded.nom`

	readDepartements  = `select code, nom, academie_code from departement`
	writeDepartements = `
		insert into departement (code, nom, academie_code)
		select code, nom, academie_code from json_populate_recordset(null::departement, $1)
		on conflict (code) do update set (nom, academie_code) = (excluded.nom, excluded.academie_code)`

	readCirconscriptions  = `select uai, nom, departement_code from circonscription`
	writeCirconscriptions = `
		insert into circonscription (uai, nom, departement_code)
		select uai, nom, departement_code from json_populate_recordset(null::circonscription, $1)
		on conflict (uai) do update set (nom, departement_code) = (excluded.nom, excluded.departement_code)`

	readCommunes  = `select insee, nom, departement_code from commune`
	writeCommunes = `
		insert into commune (insee, nom, departement_code)
		select insee, nom, departement_code from json_populate_recordset(null::commune, $1)
		on conflict (insee) do update set (nom, departement_code, version) =
			(excluded.nom, excluded.departement_code, commune.version + 1)`

	readRPI  = `select code, forme, departement_code from rpi`
	writeRPI = `
		insert into rpi (code, forme, departement_code)
		select code, forme, departement_code from json_populate_recordset(null::rpi, $1)
		on conflict (code) do update set (forme, departement_code) = (excluded.forme, excluded.departement_code)`

	readColleges = `
		select uai, nom, secteur, commune_insee, adresse, code_postal, telephone, courriel, ouvert from college`
	writeColleges = `
		insert into college (uai, nom, secteur, commune_insee, adresse, code_postal, telephone, courriel, ouvert)
		select uai, nom, secteur, commune_insee, adresse, code_postal, telephone, courriel, ouvert
		from json_populate_recordset(null::college, $1)
		on conflict (uai) do update set
			(nom, secteur, commune_insee, adresse, code_postal, telephone, courriel, ouvert) =
			(excluded.nom, excluded.secteur, excluded.commune_insee, excluded.adresse, excluded.code_postal,
			 excluded.telephone, excluded.courriel, excluded.ouvert)`

	readEcoles = `
		select uai, nom, type, secteur, adresse, code_postal, commune_insee,
			coalesce(circonscription_uai, '') circonscription_uai, departement_code,
			coalesce(rpi_code, '') rpi_code, telephone, courriel, ouverte, decidee_le is not null as decidee
		from ecole`
	writeEcoles = `
		insert into ecole (uai, nom, type, secteur, adresse, code_postal, commune_insee, circonscription_uai,
			departement_code, rpi_code, telephone, courriel, ouverte)
		select uai, nom, type, secteur, adresse, code_postal, commune_insee, nullif(circonscription_uai, ''),
			departement_code, nullif(rpi_code, ''), telephone, courriel, ouverte
		from json_populate_recordset(null::ecole, $1)
		on conflict (uai) do update set
			(nom, type, secteur, adresse, code_postal, commune_insee, circonscription_uai,
			 departement_code, rpi_code, telephone, courriel, ouverte, version) =
			(excluded.nom, excluded.type, excluded.secteur, excluded.adresse, excluded.code_postal,
			 excluded.commune_insee, excluded.circonscription_uai, excluded.departement_code, excluded.rpi_code,
			 excluded.telephone, excluded.courriel, excluded.ouverte, ecole.version + 1)`
)
