package passages

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// modele is one of the two letters of the procedure: what is proposed, what is decided.
type modele struct {
	fichier string
	etats   []passage.Etat
	refus   string // when nobody is in these states
}

var (
	propositions = modele{"propositions", []passage.Etat{passage.Propose, passage.Notifie}, "Aucune proposition n’attend la réponse d’une famille."}

	decisionsPrises = modele{"decisions", []passage.Etat{passage.Decide, passage.Confirme}, "Aucune décision n’est encore prise."}
)

// tri is whom the letters are for. Zero values choose nobody out.
type tri struct {
	annee  ecole.Annee
	classe *uuid.UUID
	eleve  *uuid.UUID // his scolarité
	le     *time.Time // the day on which the family was told
}

// lettres prints those of a class or of the school.
func (p Pages) lettres(m modele) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		c := readCritere(r.URL.Query(), agent)
		t := tri{annee: c.Annee, classe: c.Classe}
		if le, err := date.Parse(r.URL.Query().Get("le"), agent.Aujourdhui()); err == nil {
			t.le = &le
		}
		return p.imprimer(w, r, agent, m, t)
	}
}

// lettre prints those of a pupil.
func (p Pages) lettre(m modele) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		id, err := httpx.ID(r, "id")
		if err != nil {
			return err
		}
		return p.imprimer(w, r, agent, m, tri{eleve: &id})
	}
}

// enTete is the school that writes.
type enTete struct {
	UAI        string
	Nom        string
	Commune    string
	Adresse    string
	CodePostal string
	Telephone  string
	Secteur    ecole.Secteur
}

const enTeteSQL = `
	select e.uai, e.nom, c.nom as commune, e.adresse, e.code_postal, e.telephone, e.secteur
	from ecole e join commune c on c.insee = e.commune_insee where e.uai = $1`

// choisisSQL are those to whom the letters are about.
const choisisSQL = `
	where p.etat = any ($1) and s.etat = 'admis_definitif' and ($2 = 0 or s.annee = $2) and ($3::uuid is null or s.classe_id = $3)
		and ($4::uuid is null or s.id = $4)
		and ($5::date is null or case when p.decide_le is null then p.notifie_le else p.decision_notifiee_le end = $5)`

var lettresSQL = colonnesSQL(passage.SituationSQL) + choisisSQL + `
	order by array_position($6::text[], s.niveau), k.libelle_court, s.cle_nom, s.id`

// destinataire is somebody who exercises parental authority over a pupil. An address that is protected is not read here,
// as nowhere but in the file: his letter is handed over.
type destinataire struct {
	ScolariteID uuid.UUID
	Foyer       *uuid.UUID
	Nature      eleve.Nature
	Civilite    string
	NomFamille  string
	NomUsage    string
	Prenom      string
	Organisme   string
	Fonction    string
	Complement  string
	Voie        string
	LieuDit     string
	CodePostal  string
	Commune     string
	Pays        string
}

const destinatairesSQL = `
	select s.id as scolarite_id, r.adresse_id as foyer, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme,
		r.fonction, coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays
	from scolarite s join passage p on p.scolarite_id = s.id
	join lien_responsable l on l.eleve_id = s.eleve_id and l.autorite_parentale
	join responsable r on r.id = l.responsable_id left join adresse a on a.id = r.adresse_id` + choisisSQL + `
	order by s.id, l.rang`

// pli is one letter: about whom, and to those of one home.
type pli struct {
	ligne
	a []destinataire
}

// plis makes one letter for each home; somebody without an address has his own, a pupil without anybody one too.
func plis(lignes []ligne, gens []destinataire) []pli {
	var all []pli
	for _, l := range lignes {
		first := len(all)
		for _, d := range gens {
			if d.ScolariteID != l.ScolariteID {
				continue
			}
			i := slices.IndexFunc(all[first:], func(p pli) bool { return d.Foyer != nil && p.a[0].Foyer != nil && *p.a[0].Foyer == *d.Foyer })
			if i < 0 {
				all = append(all, pli{l, []destinataire{d}})
			} else {
				all[first+i].a = append(all[first+i].a, d)
			}
		}
		if len(all) == first {
			all = append(all, pli{ligne: l})
		}
	}
	return all
}

// imprimer notes in the journal that the letters were issued, and sends them in one file.
func (p Pages) imprimer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, m modele, t tri) error {
	var school enTete
	var all []pli
	err := p.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) (err error) {
		if school, err = territoire.Ligne[enTete](r.Context(), tx, enTeteSQL, agent.Ecole); err != nil {
			return fmt.Errorf("passages: read the school: %w", err)
		}
		all, err = m.lire(r.Context(), tx, agent, t)
		return err
	})
	if err != nil {
		return err
	}
	file, err := m.imprimer(all, school, agent)
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", m.fichier+".pdf", file)
}

func (m modele) lire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, t tri) ([]pli, error) {
	args := []any{m.etats, int(t.annee), t.classe, t.eleve, t.le}
	gens, err := territoire.Lignes[destinataire](ctx, tx, destinatairesSQL, args...)
	if err != nil {
		return nil, fmt.Errorf("passages: read the families: %w", err)
	}
	lignes, err := territoire.Lignes[ligne](ctx, tx, lettresSQL, append(args, ecole.Niveaux())...)
	if err != nil {
		return nil, fmt.Errorf("passages: read the letters: %w", err)
	}
	if len(lignes) == 0 {
		return nil, m.aucune(ctx, tx, t)
	}
	ids, ecoles := make([]uuid.UUID, len(lignes)), make([]string, len(lignes))
	for i, l := range lignes {
		ids[i], ecoles[i] = l.EleveID, l.Ecole
	}
	journal.RecordAll(tx, agent, journal.Editer, "eleve", ids, ecoles)
	return plis(lignes, gens), nil
}

// aucune tells a pupil of whom there is nothing to write from one of another territory.
func (m modele) aucune(ctx context.Context, tx territoire.Tx, t tri) error {
	if t.eleve != nil {
		if _, err := territoire.Ligne[struct{ ID uuid.UUID }](ctx, tx, `select id from scolarite where id = $1`, *t.eleve); err != nil {
			return err
		}
	}
	return refusal.InConflict(m.refus)
}

// lettres is where the letters of a step just noted are.
func (c critere) lettres(e passage.Etape, le time.Time) string {
	m := propositions
	if e == passage.EtapeInformer {
		m = decisionsPrises
	}
	q := c.query()
	q.Del("etat")
	q.Set("le", le.Format(time.DateOnly))
	return m.href(q)
}

func (m modele) href(q url.Values) string {
	return strings.TrimSuffix("/passages/"+m.fichier+".pdf?"+q.Encode(), "?")
}

// lettres leads to all the letters of the tab, "" when it has none.
func (v view) lettres() (href, label string) {
	q := v.critere.query()
	q.Del("etat")
	switch {
	case len(v.lecture.lignes) == 0:
	case v.critere.Onglet == passage.ANotifier, v.critere.Onglet == passage.EnAttente:
		return propositions.href(q), "Imprimer les propositions"
	case v.critere.Onglet == passage.Decides:
		return decisionsPrises.href(q), "Imprimer les décisions"
	}
	return "", ""
}
