package territoire

// AvecProtegees is the scope with the protected addresses: those of the file that a directeur opens, or that the IA has
// just said why it needs to see. Any other scope finds none (migrations/0016_famille.sql), and to the other roles this
// one changes nothing.
func (p Portee) AvecProtegees() Portee {
	p.protegees = true
	return p
}

// ouvrirProtegeesSQL opens the scope and the protected addresses in it.
const ouvrirProtegeesSQL = ouvrirSQL + `, set_config('be.protegees', 'oui', true)`

// jourSQL tells the day to the base: a collège reads its pupils in a season (the migration sixieme).
const jourSQL = `, set_config('be.le', $2::date::text, true)`

// ouvrir is the statement that opens the scope; the first one of the day says whether anything is left to bring about.
func (p Portee) ouvrir(premiere bool) string {
	switch college := p.Role == "college"; {
	case premiere && p.protegees:
		return ouvrirLeJourSQL + `, set_config('be.protegees', 'oui', true)`
	case premiere && college:
		return ouvrirLeJourSQL + jourSQL
	case premiere:
		return ouvrirLeJourSQL
	case college:
		return ouvrirSQL + jourSQL
	case p.protegees:
		return ouvrirProtegeesSQL
	}
	return ouvrirSQL
}

// OuvrirProtegees opens the protected addresses to an act of the file: who may write an address may write this one.
func (t Tx) OuvrirProtegees() {
	t.Queue(`select set_config('be.protegees', 'oui', true)`)
}
