package habilitation

import "slices"

// Role is what a person does in the register; one database role each (migrations/0001_roles.sql).
type Role string

// The roles of design.md §3.
const (
	Mairie      Role = "mairie"
	Directeur   Role = "directeur"
	IEN         Role = "ien"
	IA          Role = "ia"
	Service     Role = "service"
	College     Role = "college"
	Statistique Role = "statistique"
)

// Roles lists them all, in the order of the rights matrix.
var Roles = []Role{Mairie, Directeur, IEN, IA, Service, College, Statistique}

// Label is the role as its holder reads it.
func (r Role) Label() string {
	return map[Role]string{
		Mairie: "Mairie", Directeur: "Direction d’école", IEN: "Inspection de circonscription",
		IA: "Inspection académique", Service: "Service informatique", College: "Collège", Statistique: "Statistiques",
	}[r]
}

// Droit is a right that a route asks for. The zero value is held by nobody.
type Droit int

// The rights. A route names one; the matrix says who holds it.
const (
	_ Droit = iota
	Accueil
	ConsulterEleves
	OuvrirDossier
	ModifierDossier
	ModifierContacts
	ModifierPeriscolaire
	ModifierAutorisations
	ConsulterHistorique
	ConsulterQualite
	ConsulterPropositions
	Proposer
	DeciderProposition
	ReglerCommunes
	Fusionner
	RevelerINE
	SuivreINE
	CorrigerINE
	RevelerCoordonnees
	ConsulterInscriptions
	Inscrire
	EditerInscription
	ConsulterArrivees
	Admettre
	ConsulterClasses
	GererClasses
	Repartir
	ConsulterPassages
	DeciderPassages
	ConsulterTransferts
	Transferer
	AviserPassages
	TrancherPassages
	ReglerCampagne
	Radier
	ConsulterLiberations
	DeciderLiberation
	ConsulterRegistre
	ConsulterMutations
	ConsulterEditions
	FaireListes
	ConsulterSansEcole
	NoterSansEcole
	Reprendre
	EditerCertificats
	EditerPapiers // fiches, labels, roll-call: what a school prints about its pupils
	ConsulterEffectifs
	ConsulterEcoles
	Restructurer
	ChercherCommune
	ChercherDoublons
	GarderBrouillon
	ProtegerAdresse
	RevelerAdresse
	ConsulterRattachements
	GererRattachements
	ConsulterSixieme
	AffecterSixieme
	RecevoirEntrants
	GererJetons
	ConsulterElections
	GererElections
	AlimenterENT     // give the pupils to an espace numérique de travail
	Extraire         // take a file of names out of the base
	SuivreFichiers   // those that the server makes beside the pages
	ApprouverSorties // be the second person of a mass export
	GererCles        // give, suspend and replace the secure keys
	ArreterAcces     // close the register in an emergency
	ConsulterJournal
	ConsulterJournalTechnique
	// Accounts: the service looks after them, the IA decides what they open.
	ConsulterComptes
	GererComptes
	AccorderHabilitations
	Deleguer
	TraiterAlertes // look at what an account has read beyond the usual
	fin            // not a right: their number
)

// nominative are the roles that read pupils by name.
var nominative = []Role{Mairie, Directeur, IEN, IA}

// matrix says who holds each right: security.md §5, decided by design.md §2 and §3. It is the only place that does.
var matrix = map[Droit][]Role{
	Accueil:                   Roles,
	ConsulterEleves:           nominative,
	OuvrirDossier:             nominative,
	ModifierDossier:           {Mairie, Directeur},
	ModifierContacts:          {Directeur},
	ModifierPeriscolaire:      {Mairie, Directeur},
	ModifierAutorisations:     {Directeur},
	ConsulterHistorique:       {Directeur, IA},
	ConsulterQualite:          nominative,
	ConsulterPropositions:     {Mairie, Directeur},
	Proposer:                  {Mairie},
	DeciderProposition:        {Directeur},
	ReglerCommunes:            {IA},
	Fusionner:                 {Directeur},
	RevelerINE:                {Directeur, IA},
	SuivreINE:                 {Directeur, IA},
	CorrigerINE:               {IA},
	RevelerCoordonnees:        {IEN, IA},
	ProtegerAdresse:           {Directeur},
	RevelerAdresse:            {IA},
	ArreterAcces:              {Service, IA},
	ConsulterJournal:          {IA},
	ConsulterJournalTechnique: {Service, IA},
	TraiterAlertes:            {Service, IA},
	ConsulterInscriptions:     {Mairie},
	Inscrire:                  {Mairie},
	EditerInscription:         {Mairie},
	ConsulterArrivees:         {Directeur},
	Admettre:                  {Directeur},
	ConsulterClasses:          {Directeur, IEN, IA},
	GererClasses:              {Directeur},
	Repartir:                  {Directeur},
	ConsulterPassages:         {Directeur, IEN, IA},
	DeciderPassages:           {Directeur},
	ConsulterTransferts:       {Mairie, Directeur},
	Transferer:                {Directeur},
	AviserPassages:            {IEN},
	TrancherPassages:          {IA},
	ReglerCampagne:            {IA},
	Radier:                    {Directeur},
	ConsulterLiberations:      {Directeur, IEN, IA},
	DeciderLiberation:         {IEN, IA},
	ConsulterRegistre:         {Directeur, IA},
	ConsulterMutations:        {Mairie, Directeur},
	ConsulterEditions:         nominative,
	FaireListes:               nominative,
	ConsulterSansEcole:        {Mairie, IEN, IA},
	NoterSansEcole:            {Mairie, IA},
	Reprendre:                 {Directeur},
	EditerCertificats:         {Directeur},
	EditerPapiers:             {Directeur},
	ConsulterEffectifs:        nominative,
	ConsulterEcoles:           {Mairie, IEN, IA},
	Restructurer:              {IA},
	ChercherCommune:           {Mairie, Directeur, IA},
	ChercherDoublons:          {Mairie, Directeur},
	GarderBrouillon:           {Mairie, Directeur},

	ConsulterRattachements: {Mairie, Directeur, IA},
	GererRattachements:     {Directeur, IA},
	ConsulterSixieme:       {Directeur, IEN, IA},
	AffecterSixieme:        {IA},
	RecevoirEntrants:       {College},
	GererJetons:            {IA, Service},
	ConsulterElections:     {Directeur, IEN, IA},
	GererElections:         {Directeur},
	AlimenterENT:           {Directeur, IA},
	Extraire:               nominative,
	SuivreFichiers:         {Mairie, Directeur, IEN, IA, Service},
	ApprouverSorties:       {IA, Service},
	GererCles:              {Service},

	ConsulterComptes:      {IA, Service},
	GererComptes:          {Service},
	AccorderHabilitations: {IA},
	Deleguer:              {Directeur, IA},
}

// Droits lists every right, for the tests that walk the matrix.
func Droits() []Droit {
	all := make([]Droit, 0, fin-1)
	for d := Accueil; d < fin; d++ {
		all = append(all, d)
	}
	return all
}

// Holds tells whether the role holds the right.
func (r Role) Holds(d Droit) bool { return slices.Contains(matrix[d], r) }
