package proposition

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Ligne is a row as it is recorded: its columns and their texts.
type Ligne struct {
	Objet   Objet
	ID      uuid.UUID // of an address, who lives there
	Version int
	Champs  Valeurs
}

// LignesSQL reads what of the file of the pupil $1 may be proposed, as far as the agent may see it: his état civil, his
// home, his responsables, their links, the homes that are not his.
const LignesSQL = `
	with l as (
		select e.id, 'eleve' as objet, e.version, to_jsonb(e) as champs from eleve e where e.id = $1
		union all
		select e.id, 'adresse', a.version, to_jsonb(a) from eleve e join adresse a on a.id = e.adresse_id where e.id = $1
		union all
		select r.id, 'responsable', r.version, to_jsonb(r) from lien_responsable k join responsable r on r.id = k.responsable_id
			where k.eleve_id = $1
		union all
		select k.responsable_id, 'lien_responsable', k.version, to_jsonb(k) from lien_responsable k where k.eleve_id = $1
		union all
		select r.id, 'adresse', a.version, to_jsonb(a) from lien_responsable k join responsable r on r.id = k.responsable_id
			join adresse a on a.id = r.adresse_id where k.eleve_id = $1)
	select objet, id, version, (select jsonb_object_agg(c.key, coalesce(c.value, '')) from jsonb_each_text(champs) c) as champs
	from l`

// LignesDuLotSQL reads the same of the pupil whom the lot $1 is about.
var LignesDuLotSQL = strings.ReplaceAll(LignesSQL, "$1", "(select eleve_id from proposition where lot = $1 limit 1)")

// Dossier is what is recorded of a pupil, row by row.
type Dossier struct {
	Eleve  uuid.UUID
	Lignes []Ligne
}

// lire reads the file within an act.
func lire(ctx context.Context, tx territoire.Tx, id uuid.UUID) (Dossier, error) {
	lignes, err := territoire.Lignes[Ligne](ctx, tx, LignesSQL, id)
	if err != nil {
		return Dossier{}, fmt.Errorf("proposition: read the file: %w", err)
	}
	if len(lignes) == 0 {
		return Dossier{}, refusal.NotFound()
	}
	return Dossier{id, lignes}, nil
}

// ligne is a row, nil where there is none that the agent may see.
func (d Dossier) ligne(o Objet, id uuid.UUID) *Ligne {
	for i, l := range d.Lignes {
		if l.Objet == o && l.ID == id {
			return &d.Lignes[i]
		}
	}
	return nil
}

// Actuel is what is recorded now of what a proposition is about.
func (d Dossier) Actuel(p Proposition) Valeurs {
	row := Valeurs{}
	if l := d.ligne(p.Objet, p.ObjetID); l != nil {
		row = l.Champs
	}
	return trouver(p.Objet, p.Champ).garder(row)
}

// Avec is the file as it would be with what some propositions say.
func (d Dossier) Avec(list []Proposition) Dossier {
	all := Dossier{d.Eleve, make([]Ligne, len(d.Lignes))}
	for i, l := range d.Lignes {
		l.Champs = maps.Clone(l.Champs)
		all.Lignes[i] = l
	}
	for _, p := range list {
		l := all.ligne(p.Objet, p.ObjetID)
		if l == nil {
			all.Lignes = append(all.Lignes, Ligne{Objet: p.Objet, ID: p.ObjetID, Champs: Valeurs{}})
			l = &all.Lignes[len(all.Lignes)-1]
		}
		maps.Copy(l.Champs, p.Propose)
	}
	return all
}

// Identite is the civil status.
func (d Dossier) Identite() eleve.Identite {
	if l := d.ligne(Eleve, d.Eleve); l != nil {
		return l.Champs.Identite()
	}
	return eleve.Identite{}
}

// Domicile is the address of the pupil, or of one of his responsables; false where none is seen.
func (d Dossier) Domicile(id uuid.UUID) (eleve.Adresse, bool) {
	l := d.ligne(Adresse, id)
	if l == nil {
		return eleve.Adresse{Pays: eleve.France}, false
	}
	return l.Champs.Adresse(), true
}

// Responsable is one of the pupil's, and whether he is.
func (d Dossier) Responsable(id uuid.UUID) (eleve.Responsable, bool) {
	l, lien := d.ligne(Responsable, id), d.ligne(Lien, id)
	if l == nil || lien == nil {
		return eleve.Responsable{}, false
	}
	r := l.Champs.responsable(lien.Champs)
	adresse, logee := d.Domicile(id)
	sienne, _ := d.Domicile(d.Eleve)
	switch {
	case logee && adresse == sienne:
		r.MemeAdresse = true
	case logee:
		r.Adresse = adresse
	}
	return r, true
}

// Nom is the pupil on a list.
func (d Dossier) Nom() string {
	i := d.Identite()
	return eleve.NomListe(i.NomFamille, i.NomUsage, i.Prenom)
}
