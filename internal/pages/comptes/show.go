package comptes

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	domaine "base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ouverture is a habilitation of an account, with who asked for it and who decided.
type ouverture struct {
	ID         uuid.UUID
	Role       habilitation.Role
	Lieu       string
	Debut      time.Time
	Fin        *time.Time
	Etat       mandat.Etat
	Delegation habilitation.Delegation
	Auteur     string // of a delegation
	Demandeur  string
	DemandeLe  *time.Time
	Decideur   string
	DecideeLe  *time.Time
	RefusMotif string
	RetireeLe  *time.Time
	AConfirmer bool // asked for again, after it was granted
}

// ouverturesSQL reads the habilitations of the account $1, the open ones first.
const ouverturesSQL = `
	select h.id, h.role, coalesce(co.nom, e.nom || ', ' || ce.nom, ci.nom, d.nom, g.nom, '') as lieu, h.debut, h.fin, h.etat,
		coalesce(h.delegation, '') as delegation, coalesce(trim(au.prenom || ' ' || au.nom), '') as auteur,
		coalesce(trim(de.prenom || ' ' || de.nom), '') as demandeur, h.demandee_le as demande_le,
		coalesce(trim(di.prenom || ' ' || di.nom), '') as decideur, h.decidee_le, h.refus_motif, h.retiree_le, h.a_confirmer
	from habilitation h
	left join commune co on co.insee = h.commune_insee
	left join ecole e on e.uai = h.ecole_uai left join commune ce on ce.insee = e.commune_insee
	left join circonscription ci on ci.uai = h.circonscription_uai
	left join departement d on d.code = h.departement_code
	left join college g on g.uai = h.college_uai
	left join compte au on au.id = h.delegue_par left join compte de on de.id = h.demandee_par left join compte di on di.id = h.decidee_par
	where h.compte_id = $1 order by (h.etat in ('refusee', 'retiree')), h.debut desc, h.id limit 100`

// cle is a key, by its number.
type cle struct {
	NumeroSerie string
	Active      bool
	Acces       bool // a passkey
}

const clesSQL = `select numero_serie, active, type = 'WEBAUTHN' as acces from cle where compte_id = $1 order by active desc, numero_serie limit 20`

// formation is a training that the holder followed, or is called to.
type formation struct {
	Jour time.Time
	Etat string
}

const formationsSQL = `
	select f.jour, i.etat from formation_inscrit i join formation f on f.id = i.formation_id
	where i.compte_id = $1 and f.annulee_le is null order by i.etat = 'present' desc, f.jour desc limit 1`

// fiche is an account and all that its page reads.
type fiche struct {
	compte
	agent      habilitation.Agent
	ouvertures []ouverture
	formations []formation
	cles       []cle
	form       *httpx.Form
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (f fiche, err error) {
	f = fiche{agent: agent, form: httpx.NewForm(nil)}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &f.compte, `select *, 1 as total from (`+comptesSQL+`) c where id = $2`, agent.Aujourdhui(), id)
		territoire.Toutes(l, &f.ouvertures, ouverturesSQL, id)
		territoire.Toutes(l, &f.cles, clesSQL, id)
		territoire.Toutes(l, &f.formations, formationsSQL, id)
	})
	return f, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(f))
}

// sien tells the account of the one who looks: nobody administers himself.
func (f fiche) sien() bool { return f.ID == f.agent.Compte }

func (f fiche) gere() bool { return f.agent.Can(habilitation.GererComptes) && !f.sien() }

func (f fiche) qui() string { return strings.TrimSpace(f.Civilite + " " + f.Prenom + " " + f.Nom) }

func (f fiche) resume() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Nom", Value: f.qui()}, {Label: "Identifiant", Value: f.Identifiant}, {Label: "Situation", Value: f.etat()},
		{Label: "Clé", Value: f.cle()}, {Label: "Créé le", Value: date.Long(f.CreeLe)},
		{Label: "Formation", Value: f.formation()}, {Label: "Dernière connexion", Value: f.connexion()},
	}
	return rows
}

// etat is the situation, with its date and its reason.
func (f fiche) etat() string {
	said := f.situation(f.agent.Maintenant)
	if !f.Actif && f.SuspenduLe != nil {
		said += " depuis le " + date.Long(*f.SuspenduLe) + "\u00a0: " + strings.ToLower(domaine.LibelleSuspension(f.SuspensionMotif))
	}
	return said
}

func (f fiche) cle() string {
	var said []string
	acces := 0
	for _, c := range f.cles {
		switch {
		case c.Active && c.Acces:
			acces++
		case c.Active:
			said = append(said, "N° "+c.NumeroSerie+", active")
		}
	}
	if acces > 0 {
		said = append(said, ui.Plural(acces, "clé d’accès", "clés d’accès"))
	}
	if len(said) == 0 {
		return "Aucune clé active"
	}
	return strings.Join(said, " et ")
}

// formation says what training the holder has had, or is to have.
func (f fiche) formation() string {
	if len(f.formations) == 0 {
		return "Aucune"
	}
	last := f.formations[0]
	switch {
	case last.Etat == "present":
		return "Suivie le " + date.Long(last.Jour)
	case last.Etat == "absent":
		return "Absent le " + date.Long(last.Jour)
	}
	return "Convoqué le " + date.Long(last.Jour)
}

func (f fiche) connexion() string {
	if f.DerniereConnexionLe == nil {
		return "Jamais"
	}
	return date.Heure(*f.DerniereConnexionLe)
}

func (f fiche) table() ui.TableProps {
	t := ui.TableProps{Caption: "Habilitations", Columns: []ui.Column{
		{Label: "Rôle"}, {Label: "Territoire"}, {Label: "Du"}, {Label: "Au"}, {Label: "État"}, {Label: "Qui"}, {Label: "Action"},
	}}
	for _, o := range f.ouvertures {
		label := o.role() + ", " + o.Lieu
		cells := append(ui.Cells(o.role(), o.Lieu, date.Court(o.Debut), date.CourtOuRien(o.Fin), o.etat(f.agent.Aujourdhui()), o.qui()), retirerCell(f, o, label))
		t.Rows = append(t.Rows, ui.ListRow{Label: label, Cells: cells})
	}
	return t
}

func (o ouverture) role() string {
	if o.Delegation != "" {
		return o.Role.Label() + ", délégation\u00a0: " + strings.ToLower(o.Delegation.Label())
	}
	return o.Role.Label()
}

func (o ouverture) etat(today time.Time) string {
	switch {
	case o.Etat == mandat.Demandee && o.AConfirmer:
		return "À accorder de nouveau"
	case o.Etat == mandat.Refusee:
		return "Refusée\u00a0: " + strings.ToLower(domaine.LibelleMotif(mandat.MotifsRefus, o.RefusMotif))
	case o.Etat == mandat.Retiree:
		return "Retirée le " + date.CourtOuRien(o.RetireeLe)
	case o.Etat == mandat.Accordee && o.Fin != nil && o.Fin.Before(today):
		return "Terminée"
	case o.Etat == mandat.Accordee && o.Debut.After(today):
		return "Accordée, à venir"
	}
	return o.Etat.Label()
}

// qui says who asked and who decided.
func (o ouverture) qui() string {
	var said []string
	if o.Auteur != "" {
		said = append(said, "donnée par "+o.Auteur)
	}
	if o.Demandeur != "" {
		said = append(said, "demandée par "+o.Demandeur)
	}
	if o.Decideur != "" && o.Auteur == "" {
		said = append(said, "décidée par "+o.Decideur)
	}
	return strings.Join(said, ", ")
}

// retirable tells whether the agent may withdraw it.
func (f fiche) retirable(o ouverture) bool {
	if f.sien() || o.Fin != nil && o.Fin.Before(f.agent.Aujourdhui()) {
		return false
	}
	if o.Etat == mandat.Accordee {
		return f.agent.Can(habilitation.AccorderHabilitations)
	}
	return o.Etat == mandat.Demandee
}

// changeable are the open habilitations that another may replace.
func (f fiche) remplacables() []ui.Option {
	var list []ui.Option
	for _, o := range f.ouvertures {
		if o.Etat == mandat.Accordee && o.Delegation == "" && (o.Fin == nil || !o.Fin.Before(f.agent.Aujourdhui())) {
			list = append(list, ui.Option{Value: o.ID.String(), Label: o.role() + ", " + o.Lieu})
		}
	}
	return list
}
