package election

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/refusal"
)

// Voix is what a list of candidates has received.
type Voix struct {
	Liste     uuid.UUID
	Candidats int
	Suffrages int
}

// Part is what a list has won.
type Part struct {
	Voix
	Quotient   int // seats by the quotient
	Reste      int // votes left once these are paid for, times the seats
	Titulaires int // seats won that it has candidates for
	Suppleants int
}

// Egalite means that lists have the same right to the last seats: these go to the oldest of the candidates whom they would
// elect, whose age the register does not hold.
type Egalite struct {
	Listes []uuid.UUID
	Sieges int // to share among them, fewer than they are
}

// Error is what the directeur is asked.
func (Egalite) Error() string {
	return "Des listes sont à égalité de restes et de suffrages\u00a0: cochez celles dont le candidat est le plus âgé."
}

// Exprimes is the number of votes given to a list.
func Exprimes(voix []Voix) (n int) {
	for _, v := range voix {
		n += v.Suffrages
	}
	return n
}

// Repartir shares the seats among the lists: as many to each as its votes hold the quotient, which is the number of votes
// divided by that of the seats; what is left by order of the highest remainders; equal remainders by the number of votes,
// equal votes to the oldest candidates, of the lists in departage (arrêté of 13 May 1985, art. 1). A list gets no more seats
// than it has candidates: the others stay vacant, and are drawn by lot. As many alternates as representatives follow.
func Repartir(sieges int, voix []Voix, departage []uuid.UUID) ([]Part, error) {
	parts := make([]Part, len(voix))
	exprimes, restants := Exprimes(voix), sieges
	for i, v := range voix {
		parts[i].Voix = v
		if exprimes > 0 {
			parts[i].Quotient, parts[i].Reste = v.Suffrages*sieges/exprimes, v.Suffrages*sieges%exprimes
		}
		restants -= parts[i].Quotient
	}
	gagnes, err := auxRestes(parts, restants, departage)
	if err != nil {
		return nil, err
	}
	for i := range parts {
		gagnes[i] += parts[i].Quotient
		parts[i].Titulaires = min(gagnes[i], parts[i].Candidats)
		parts[i].Suppleants = min(parts[i].Titulaires, parts[i].Candidats-parts[i].Titulaires)
	}
	return parts, nil
}

// auxRestes gives the seats left, one to a list: there are never more of them than lists with a remainder.
func auxRestes(parts []Part, restants int, departage []uuid.UUID) ([]int, error) {
	gagnes := make([]int, len(parts))
	ordre := make([]int, 0, len(parts))
	for i, p := range parts {
		if p.Reste > 0 {
			ordre = append(ordre, i)
		}
	}
	compare := func(i, j int) int {
		return cmp.Or(cmp.Compare(parts[j].Reste, parts[i].Reste), cmp.Compare(parts[j].Suffrages, parts[i].Suffrages))
	}
	slices.SortStableFunc(ordre, func(i, j int) int { return cmp.Or(compare(i, j), premier(parts[i], parts[j], departage)) })
	restants = min(restants, len(ordre))
	for _, i := range ordre[:restants] {
		gagnes[i]++
	}
	if restants == 0 || restants == len(ordre) || compare(ordre[restants-1], ordre[restants]) != 0 {
		return gagnes, nil
	}
	return gagnes, departager(parts, ordre, restants, departage, compare)
}

// premier puts the lists of the oldest candidates first.
func premier(a, b Part, departage []uuid.UUID) int {
	switch one, other := slices.Contains(departage, a.Liste), slices.Contains(departage, b.Liste); {
	case one && !other:
		return -1
	case other && !one:
		return 1
	}
	return 0
}

// departager refuses a share that the age must decide, unless just as many lists were named as there are seats to decide.
func departager(parts []Part, ordre []int, restants int, departage []uuid.UUID, compare func(i, j int) int) error {
	var e Egalite
	nommees := 0
	for n, i := range ordre {
		if compare(i, ordre[restants]) != 0 {
			continue
		}
		e.Listes = append(e.Listes, parts[i].Liste)
		if n < restants {
			e.Sieges++
		}
		if slices.Contains(departage, parts[i].Liste) {
			nommees++
		}
	}
	if nommees == e.Sieges {
		return nil
	}
	return e
}

// Vacants is how many seats nobody is elected to.
func Vacants(sieges int, parts []Part) int {
	for _, p := range parts {
		sieges -= p.Titulaires
	}
	return sieges
}

// Depouillement is what came out of the ballot box.
type Depouillement struct {
	Inscrits int
	Votants  int
	Nuls     int // blank or void
	Voix     []Voix
}

// Valider says where the figures contradict one another.
func (d Depouillement) Valider() error {
	var l refusal.List
	switch {
	case d.Votants < 0:
		l.Add("votants", "Indiquez le nombre de votants, 0 s’il n’y en a pas.")
	case d.Votants > d.Inscrits:
		l.Add("votants", "Il y a plus de votants que d’électeurs inscrits.")
	}
	switch {
	case d.Nuls < 0:
		l.Add("nuls", "Indiquez le nombre de bulletins blancs ou nuls, 0 s’il n’y en a pas.")
	case d.Votants >= 0 && d.Nuls > d.Votants:
		l.Add("nuls", "Il y a plus de bulletins blancs ou nuls que de votants.")
	}
	for _, v := range d.Voix {
		if v.Suffrages < 0 {
			l.Add("suffrages."+v.Liste.String(), "Indiquez le nombre de suffrages, 0 s’il n’y en a pas.")
		}
	}
	if err := l.Err(); err != nil {
		return err
	}
	if d.Nuls+Exprimes(d.Voix) != d.Votants {
		return refusal.Of("votants", "Les votants sont les bulletins blancs ou nuls et les suffrages des listes, ensemble\u00a0: recomptez.")
	}
	return nil
}
