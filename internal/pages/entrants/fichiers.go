package entrants

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/siecle"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

var (
	errPersonne = refusal.InConflict("Aucun élève n’est à recevoir.")
	errLegal    = refusal.InConflict("Aucun de ces élèves n’a de responsable légal\u00a0: SIECLE refuserait le fichier.")
)

// fetch reads all the pupils to receive, and notes it.
func (p Pages) fetch(r *http.Request, agent habilitation.Agent, forme sixieme.Forme) (all sixieme.Entrants, err error) {
	e, err := p.readEtat(r.Context(), agent, func(*territoire.Lecture) {})
	switch {
	case err != nil:
		return all, err
	case e.Annee == 0:
		return all, sixieme.ErrFermee
	case e.ARecevoir == 0:
		return all, errPersonne
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { all.Queue(l, agent, e.Annee, forme, 0, 0) })
	return all, err
}

// send is a file to be saved, with its digest: whoever keeps both can prove that it is whole (RFC 9530).
func send(w http.ResponseWriter, contentType, name string, content []byte) error {
	sum := sha256.Sum256(content)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Repr-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":")
	_, _ = w.Write(content) // the visitor has gone: nobody to tell
	return nil
}

func (p Pages) importEleves(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	all, err := p.fetch(r, agent, sixieme.ImportEleves)
	if err != nil {
		return err
	}
	envoi := all.Fichier(agent.Maintenant)
	content, err := envoi.ImportZip()
	if errors.Is(err, siecle.ErrPersonne) {
		return errLegal
	}
	if err != nil {
		return err
	}
	return send(w, "application/zip", envoi.NomImport()+".zip", content)
}

func (p Pages) eleves(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.xml(w, r, agent, sixieme.FichierEleves, "ElevesSansAdresses.xml", siecle.Envoi.ElevesSansAdresses)
}

func (p Pages) responsables(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.xml(w, r, agent, sixieme.FichierResp, "ResponsablesAvecAdresses.xml", siecle.Envoi.ResponsablesAvecAdresses)
}

func (p Pages) xml(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, forme sixieme.Forme, name string,
	write func(siecle.Envoi) ([]byte, error),
) error {
	all, err := p.fetch(r, agent, forme)
	if err != nil {
		return err
	}
	content, err := write(all.Fichier(agent.Maintenant))
	if err != nil {
		return err
	}
	return send(w, "application/xml; charset=ISO-8859-15", name, content)
}

// export is the list with what one calls the families by; no INE on it (security.md §5, G3).
func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	all, err := p.fetch(r, agent, sixieme.Liste)
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Entrants en 6e, rentrée " + all.Annee.Libelle(), Details: []string{ui.Plural(len(all.Eleves), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: errPersonne.Motif,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Sexe", "École", "Classe", "Responsables"),
	}
	for _, e := range all.Fichier(agent.Maintenant).Eleves {
		t.Rows = append(t.Rows, []any{
			e.NomFamille, e.NomUsage, e.Prenom, e.Naissance, e.Sexe, ecole.NomComplet(e.EcoleNom, e.EcoleCommune), e.Classe, appeler(e.Responsables),
		})
	}
	return httpx.Export(w, r, "entrants-6e-"+all.Annee.Libelle(), t)
}

// appeler names the responsables with their telephones.
func appeler(list []siecle.Responsable) string {
	var parts []string
	for _, r := range list {
		name := strings.TrimSpace(r.Prenom + " " + r.NomFamille)
		if r.Organisme != "" {
			name = r.Organisme
		}
		for _, tel := range []string{r.TelPortable, r.TelDomicile, r.TelTravail} {
			if tel != "" {
				name += " " + tel
				break
			}
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, "\u00a0; ")
}
