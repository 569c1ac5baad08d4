package passages

import (
	"context"
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
	"base-eleves/internal/papier"
	"base-eleves/internal/territoire"
)

// modele is one of the two letters of the procedure: what is proposed, what is decided.
type modele struct {
	fichier string
	titre   string
	etats   []passage.Etat
	refus   string // when nobody is in these states
}

var (
	propositions = modele{"propositions", "Propositions de passage", []passage.Etat{passage.Propose, passage.Notifie}, "Aucune proposition n’attend la réponse d’une famille."}

	decisionsPrises = modele{"decisions", "Décisions de passage", []passage.Etat{passage.Decide, passage.Confirme}, "Aucune décision n’est encore prise."}
)

// tri is whom the letters are for. Zero values choose nobody out.
type tri struct {
	annee  ecole.Annee
	classe *uuid.UUID
	eleve  *uuid.UUID // his scolarité
	le     *time.Time // the day on which the family was told
}

// designer reads from the address whom the letters are for: those of a class or of the school, or of a pupil.
type designer func(*http.Request, habilitation.Agent) (tri, error)

func deLaClasse(r *http.Request, agent habilitation.Agent) (tri, error) {
	c := readCritere(r.URL.Query(), agent)
	t := tri{annee: c.Annee, classe: c.Classe}
	if le, err := date.Parse(r.URL.Query().Get("le"), agent.Aujourdhui()); err == nil {
		t.le = &le
	}
	return t, nil
}

func deLEleve(r *http.Request, _ habilitation.Agent) (tri, error) {
	id, err := httpx.ID(r, "id")
	return tri{eleve: &id}, err
}

// lettres prints them.
func (p Pages) lettres(m modele, whom designer) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		paper, all, err := p.lireLettres(r, agent, m, whom)
		if err != nil {
			return err
		}
		file, err := paper.PDF()
		if err != nil {
			return err
		}
		err = p.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) error {
			noter(tx, agent, all)
			return nil
		})
		if err != nil {
			return err
		}
		return httpx.File(w, "application/pdf", m.fichier+".pdf", file)
	}
}

// relire shows them on a page, in the words of the paper.
func (p Pages) relire(m modele, whom designer) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		paper, _, err := p.lireLettres(r, agent, m, whom)
		if err != nil {
			return err
		}
		return p.Render(w, r, http.StatusOK, lettresPage(m.titre, papier.Apercu{
			Papier: paper, Page: httpx.PageAsked(r.URL.Query()), Chemin: r.URL.Path, Requete: r.URL.Query(), Mot: [2]string{"lettre", "lettres"},
		}))
	}
}

// enTete is the school that writes.
type enTete struct {
	ecole.EnTete
	Secteur ecole.Secteur
}

const enTeteSQL = `
	select ` + ecole.EnTeteColonnes + `, e.secteur
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

// lireLettres reads the letters in one round trip.
func (p Pages) lireLettres(r *http.Request, agent habilitation.Agent, m modele, whom designer) (papier.Papier, []pli, error) {
	t, err := whom(r, agent)
	if err != nil {
		return papier.Papier{}, nil, err
	}
	var school enTete
	var gens []destinataire
	var lignes []ligne
	args := []any{m.etats, int(t.annee), t.classe, t.eleve, t.le}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &school, enTeteSQL, agent.Ecole)
		territoire.Toutes(l, &gens, destinatairesSQL, args...)
		territoire.Toutes(l, &lignes, lettresSQL, append(args, ecole.Niveaux())...)
	})
	if err == nil && len(lignes) == 0 {
		err = p.aucune(r.Context(), agent, m, t)
	}
	if err != nil {
		return papier.Papier{}, nil, err
	}
	all := plis(lignes, gens)
	return m.papier(all, school, agent), all, nil
}

// noter writes in the journal about whom letters were issued.
func noter(tx territoire.Tx, agent habilitation.Agent, all []pli) {
	var ids []uuid.UUID
	var ecoles []string
	for _, x := range all {
		if !slices.Contains(ids, x.EleveID) {
			ids, ecoles = append(ids, x.EleveID), append(ecoles, x.Ecole)
		}
	}
	journal.RecordAll(tx, agent, journal.Editer, "eleve", ids, ecoles)
}

// aucune tells a pupil of whom there is nothing to write from one of another territory.
func (p Pages) aucune(ctx context.Context, agent habilitation.Agent, m modele, t tri) error {
	if t.eleve != nil {
		var known uuid.UUID
		err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
			territoire.Valeur(l, &known, `select id from scolarite where id = $1`, *t.eleve)
		})
		if err != nil {
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
	return m.href(".pdf", q)
}

func (m modele) href(format string, q url.Values) string {
	return strings.TrimSuffix("/passages/"+m.fichier+format+"?"+q.Encode(), "?")
}

// lettres leads to all the letters of the tab, "" when it has none.
func (v view) lettres() (href, label string) {
	q := v.critere.query()
	q.Del("etat")
	switch {
	case len(v.lecture.lignes) == 0:
	case v.critere.Onglet == passage.ANotifier, v.critere.Onglet == passage.EnAttente:
		return propositions.href("", q), "Lire et imprimer les propositions"
	case v.critere.Onglet == passage.Decides:
		return decisionsPrises.href("", q), "Lire et imprimer les décisions"
	}
	return "", ""
}
