package inscriptions

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
)

// certificat issues the certificat d'inscription, which the family hands to the school. The paper asked for again, with
// the same contents, is the same one: number, date and bytes.
func (p Pages) certificat(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	annee, _ := ecole.ParseAnnee(r.URL.Query().Get("annee")) // any year when it names none
	c := certificat{mairie: agent.Territoire}
	if c.detail, err = p.aCertifier(r.Context(), agent, id, annee); err != nil {
		return err
	}
	if err := p.number(r.Context(), agent, &c); err != nil {
		return err
	}
	paper, err := c.papier(p.Code)
	if err != nil {
		return err
	}
	content, err := paper.PDF()
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", "certificat-inscription-"+c.numero.String()+".pdf", content)
}

// certificat is the paper: of which inscription, by whom, under which number.
type certificat struct {
	detail detail
	mairie string
	numero document.Numero
}

// aCertifierSQL finds the inscription of the child in a school of the commune, the latest unless a year is asked for.
const aCertifierSQL = `
	select id from inscription
	where eleve_id = $1 and commune_insee = $2 and ecole_uai is not null and etat in ('inscrit', 'transformee') and $3 in (0, annee)
	order by annee desc, date_inscription desc limit 1`

// connuSQL tells whether the child is of the territory at all: if not, he does not exist.
const connuSQL = `
	select exists (select from eleve where id = $1) or exists (select from inscription where eleve_id = $1)`

var (
	errNonInscrit = refusal.InConflict("Cet enfant n’est pas inscrit dans une école de la commune\u00a0: il n’y a rien à certifier.")
	errRadie      = refusal.InConflict("Cet enfant a été radié de l’école\u00a0: son inscription n’est plus à certifier.")
)

// aCertifier reads the inscription of a child that a certificate can be issued of.
func (p Pages) aCertifier(ctx context.Context, agent habilitation.Agent, enfant uuid.UUID, annee ecole.Annee) (detail, error) {
	var found *struct{ ID uuid.UUID }
	var known bool
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Peut(l, &found, aCertifierSQL, enfant, agent.Commune, int(annee))
		territoire.Valeur(l, &known, connuSQL, enfant)
	})
	switch {
	case err != nil:
		return detail{}, err
	case !known:
		return detail{}, refusal.NotFound()
	case found == nil:
		return detail{}, errNonInscrit
	}
	d, err := p.readDetail(ctx, agent, found.ID)
	if err == nil && !d.certifiable() {
		err = errRadie
	}
	return d, err
}

// number gives the paper its number, which it keeps as long as it says the same.
func (p Pages) number(ctx context.Context, agent habilitation.Agent, c *certificat) error {
	return p.DB.Ecrire(ctx, agent.Portee(), func(tx territoire.Tx) error {
		numeros, err := document.Numeroter(ctx, tx, agent, document.CertificatInscription, []document.Piece{c.numerotee()})
		if err == nil {
			c.numero = numeros[0]
		}
		return err
	})
}

// rows are what the paper certifies (domain.md, annex B). The motive of a dérogation is nobody else's business.
func (c certificat) rows() []pdf.Row {
	d, a := c.detail, c.detail.acte
	rows := []pdf.Row{{Label: "Nom et prénoms", Value: []pdf.Span{pdf.B(a.NomFamille + " " + d.prenoms())}}}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, pdf.R(label, value))
		}
	}
	add("Nom d’usage", a.NomUsage)
	add(eleve.Accord(a.Sexe, "Né le", "Née le"), d.naissance())
	if !d.enfant.cachee() {
		add("Domicile", d.adresse())
	}
	for _, r := range d.responsables {
		add(r.Lien.Label(), r.nom())
	}
	add("École", d.ecole())
	add("Niveau demandé", a.Niveau.Libelle())
	add("Date d’inscription", date.Long(*a.DateInscription))
	if a.Derogation != "" {
		add("Dérogation", "Inscription accordée par dérogation")
	}
	return rows
}

func (c certificat) numerotee() document.Piece {
	return document.Piece{Eleve: c.detail.acte.EleveID, Ecole: c.detail.acte.EcoleUAI, Contenu: c.contenu()}
}

// contenu is what makes the paper another one when it changes.
func (c certificat) contenu() string {
	var b strings.Builder
	fmt.Fprintln(&b, c.detail.acte.CommuneInsee, c.detail.acte.EcoleUAI, c.detail.acte.Annee)
	for _, r := range c.rows() {
		fmt.Fprintln(&b, r.Label, r.Value)
	}
	return b.String()
}

// scelle is what the code of the paper says.
func (c certificat) scelle() sceau.Papier {
	a := c.detail.acte
	return sceau.Papier{
		Type: document.CertificatInscription, Numero: c.numero.String(), EditeLe: c.numero.EditeLe, Emetteur: c.mairie,
		Nom: eleve.NomListe(a.NomFamille, a.NomUsage, a.Prenom), NeLe: a.DateNaissance,
		Fait: "Inscription en " + string(a.Niveau) + ", année scolaire " + a.Annee.Libelle(),
	}
}

// papier lays the paper out. One that was not issued yet has neither number nor seal.
func (c certificat) papier(sceller func(sceau.Papier) (pdf.Code, error)) (papier.Papier, error) {
	a, le := c.detail.acte, date.Long(c.numero.EditeLe)
	foot, head := pdf.Footer{Date: le}, papier.EnTete{Issuer: c.entete()}
	if c.numero.Rang > 0 {
		code, err := sceller(c.scelle())
		if err != nil {
			return papier.Papier{}, err
		}
		foot.Number, foot.Code, head.Right = c.numero.String(), code, []string{"N° " + c.numero.String()}
	}
	return papier.Papier{Titre: "Certificat d’inscription", Auteur: c.mairie, Logiciel: "Base élèves", Date: c.numero.EditeLe, Pieces: []papier.Piece{{
		Pied: foot,
		Blocs: []papier.Bloc{
			head,
			papier.Titre{Titre: "Certificat d’inscription", Sous: []string{"Année scolaire " + a.Annee.Libelle()}},
			papier.Texte{pdf.T("Le maire certifie que l’enfant " +
				eleve.Accord(a.Sexe, "désigné ci-dessous a été inscrit", "désignée ci-dessous a été inscrite") + ", pour l’année scolaire "),
				pdf.B(a.Annee.Libelle()), pdf.T(", dans l’école suivante\u00a0: "), pdf.B(c.detail.ecole()), pdf.T(".")},
			papier.Lignes(c.rows()),
			papier.Dit("À remettre à la direction de l’école, qui prononce l’admission."),
			papier.Signature{
				Place: "Fait " + commune.A(a.CommuneNom) + ", le " + le, Role: "Le maire, ou par délégation", Stamp: "Cachet de la mairie",
			},
		},
	}}}, nil
}

// entete is the mairie at the head of the paper.
func (c certificat) entete() []string {
	lines := []string{c.mairie}
	if here, ok := commune.Find(c.detail.acte.CommuneInsee); ok {
		if d, ok := commune.FindDepartement(here.Departement); ok {
			lines = append(lines, d.Nom)
		}
	}
	return lines
}
