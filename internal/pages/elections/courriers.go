package elections

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// destinataire is a voter and his address: empty when it is not known, or protected, which row security sees to.
type destinataire struct {
	election.Personne
	Complement string
	Voie       string
	LieuDit    string
	CodePostal string
	Commune    string
	Pays       string
}

const destinatairesSQL = `
	select t.civilite, t.nom_famille, t.nom_usage, t.prenom, t.organisme, coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie,
		coalesce(a.lieu_dit, '') as lieu_dit, coalesce(a.code_postal, '') as code_postal, coalesce(a.commune, '') as commune,
		coalesce(a.pays, '') as pays
	from electeur t left join responsable r on r.id = t.responsable_id left join adresse a on a.id = r.adresse_id
	where t.election_id = $1 and t.retire_le is null order by t.cle_nom, t.numero`

// lignes are those of the envelope.
func (d destinataire) lignes() []string {
	nom := d.Postal()
	if d.Commune == "" {
		return []string{nom, foyer.MainPropre}
	}
	return append([]string{nom}, eleve.Lignes(d.Complement, d.Voie, d.LieuDit, d.CodePostal, d.Commune, d.Pays)...)
}

// envoi is what goes to the voters.
type envoi struct {
	fiche         fiche
	ecole         ecole.EnTete
	destinataires []destinataire
}

func (p Pages) readEnvoi(ctx context.Context, r *http.Request, agent habilitation.Agent) (e envoi, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return e, err
	}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &e.fiche, ficheSQL, id)
		territoire.Une(l, &e.ecole, ecole.EnTeteSQL, agent.Ecole)
		territoire.Toutes(l, &e.destinataires, destinatairesSQL, id)
	})
	return e, err
}

// sansAdresse is how many are handed theirs.
func (e envoi) sansAdresse() (n int) {
	for _, d := range e.destinataires {
		if d.Commune == "" {
			n++
		}
	}
	return n
}

// compte says how many are written to, and how many of them by hand.
func (e envoi) compte() string {
	said := ui.Plural(len(e.destinataires), "électeur", "électeurs") + "."
	if n := e.sansAdresse(); n > 0 {
		said += " " + ui.Plural(n, "n’a", "n’ont") + " pas d’adresse à écrire, ou une adresse protégée\u00a0: «\u00a0à remettre en main propre\u00a0»."
	}
	return said
}

func (p Pages) showCourriers(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.readEnvoi(r.Context(), r, agent)
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{"format": string(pdf.DL), "planche": pdf.LabelSheets[0].Code, "debut": "1"})
	return p.Render(w, r, http.StatusOK, courriersPage(e, f))
}

// errRien is said where there is nobody to write to.
var errRien = refusal.InConflict("Arrêtez d’abord la liste électorale\u00a0: les courriers vont à ses électeurs.")

// enveloppes are those of the voters, each on a sheet of a format.
func (e envoi) enveloppes(format string, agent habilitation.Agent) papier.Papier {
	doc := papier.Papier{
		Titre: "Enveloppes de vote", Auteur: e.ecole.NomComplet(), Date: agent.Maintenant, Feuille: papier.Format(format), Paysage: true,
	}
	for _, d := range e.destinataires {
		doc.Pieces = append(doc.Pieces, papier.Piece{Blocs: []papier.Bloc{papier.Enveloppe{De: e.ecole.Postale(), A: d.lignes()}}})
	}
	return doc
}

// etiquettes are the labels of the voters, on the sheets that are asked for.
func (e envoi) etiquettes(q url.Values, agent habilitation.Agent) papier.Papier {
	planche := papier.Planche(q.Get("planche"))
	debut, _ := strconv.Atoi(q.Get("debut")) // what is not a number begins the sheet
	bloc := papier.Etiquettes{Planche: planche, Debut: min(max(1, debut), planche.Count()) - 1}
	for _, d := range e.destinataires {
		bloc.Liste = append(bloc.Liste, pdf.Label(d.lignes()))
	}
	return papier.Papier{
		Titre: "Étiquettes de vote", Auteur: e.ecole.NomComplet(), Date: agent.Maintenant, Pieces: []papier.Piece{{Blocs: []papier.Bloc{bloc}}},
	}
}

// enveloppes prints one envelope for each voter.
func (p Pages) enveloppes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.readEnvoi(r.Context(), r, agent)
	if err != nil {
		return err
	}
	if len(e.destinataires) == 0 {
		return errRien
	}
	return p.imprimer(w, r, agent, e.fiche, "enveloppes", e.enveloppes(r.URL.Query().Get("format"), agent))
}

// etiquettes prints one label for each voter.
func (p Pages) etiquettes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.readEnvoi(r.Context(), r, agent)
	if err != nil {
		return err
	}
	if len(e.destinataires) == 0 {
		return errRien
	}
	return p.imprimer(w, r, agent, e.fiche, "etiquettes", e.etiquettes(r.URL.Query(), agent))
}
