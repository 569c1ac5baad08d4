package main

import (
	"context"

	"base-eleves/internal/domain/habilitation"
)

// lines lays out what is measured on a base. Each page stands beside pgbench sending the same statements in one round
// trip; "plain" is without row security and without opening a scope.
func (b bench) lines(ctx context.Context, d *decoder, w *world) (*measured, error) {
	m := &measured{b: b, w: w}
	for _, add := range []func(context.Context, *decoder) error{m.list, m.dossier, m.saves, m.search} {
		if err := add(ctx, d); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *measured) ratio(name string, of, against *line, floor float64) {
	m.ratios = append(m.ratios, ratio{name, of, against, floor})
}

const roleDirecteur = "be_directeur"

func (m *measured) list(ctx context.Context, d *decoder) error {
	s := m.w.list(ctx, true)
	pages, err := m.w.sql(ctx, d, s)
	if err != nil {
		return err
	}
	bare, err := m.limit(ctx, "pgbench list, plain", "list_plain", roleDirecteur, false, s.unsecured(pages))
	if err != nil {
		return err
	}
	scoped, err := m.limit(ctx, "pgbench list", "list", roleDirecteur, true, pages)
	if err != nil {
		return err
	}
	page := m.page("list", true, s.plan())
	raw := m.page("list, not compressed", true, m.w.list(ctx, false).plan())
	off := m.page("list, security off", false, s.plan())
	m.ratio("list / pgbench plain", page, bare, 0.28)
	m.ratio("list / pgbench with scope and security", page, scoped, 0)
	m.ratio("list, not compressed / pgbench plain", raw, bare, 0)
	m.ratio("list, security on / off", page, off, 0.90)
	m.ratio("pgbench list, scope and security / plain", scoped, bare, 0)
	return nil
}

func (m *measured) dossier(ctx context.Context, d *decoder) error {
	s := m.w.dossier()
	pages, err := m.w.sql(ctx, d, s)
	if err != nil {
		return err
	}
	scoped, err := m.limit(ctx, "pgbench dossier", "dossier", roleDirecteur, true, pages)
	if err != nil {
		return err
	}
	page, off := m.page("dossier", true, s.plan()), m.page("dossier, security off", false, s.plan())
	m.ratio("dossier / pgbench", page, scoped, 0.25)
	m.ratio("dossier, security on / off", page, off, 0.90)
	return nil
}

func (m *measured) saves(ctx context.Context, d *decoder) error {
	for _, of := range []struct{ section, field string }{{"identite", "prenom3"}, {"adresse", "complement"}} {
		s, err := m.w.save(ctx, of.section, of.field)
		if err != nil {
			return err
		}
		pages, err := m.w.sql(ctx, d, s)
		if err != nil {
			return err
		}
		scoped, err := m.limit(ctx, "pgbench "+s.name, "save_"+of.section, roleDirecteur, true, pages)
		if err != nil {
			return err
		}
		m.ratio(s.name+" / pgbench", m.page(s.name, true, s.plan()), scoped, 0.25)
	}
	return nil
}

func (m *measured) search(ctx context.Context, d *decoder) error {
	s := m.w.search()
	pages, err := m.w.sql(ctx, d, s)
	if err != nil {
		return err
	}
	scoped, err := m.limit(ctx, "pgbench search", "search", roleDirecteur, true, pages)
	if err != nil {
		return err
	}
	bare, err := m.limit(ctx, "pgbench search, plain", "search_plain", roleDirecteur, false, s.unsecured(pages))
	if err != nil {
		return err
	}
	page, off := m.page("search", true, s.plan()), m.page("search, security off", false, s.plan())
	m.ratio("search / pgbench", page, scoped, 0)
	m.ratio("search, security on / off", page, off, 0.85)
	m.ratio("pgbench search, scope and security / plain", scoped, bare, 0)
	for _, who := range m.w.people.others {
		if who.Role.Holds(habilitation.ConsulterEleves) {
			wide := m.w.searchFrom(who)
			m.page(wide.name, true, wide.plan())
		}
	}
	return nil
}
