package main

import (
	"context"
	"fmt"
	"io"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/postgres/pgdev"
)

// bench is the whole of the measuring.
type bench struct {
	options
	worlds []*world
	pg     *pgdev.Server
	box    *coffre.Coffre
	out    io.Writer
}

// run does the parts that were asked for, in turn.
func (b bench) run(ctx context.Context) error {
	d := newDecoder()
	defer d.close(ctx)
	for _, part := range []struct {
		name string
		do   func(context.Context, *decoder) error
	}{
		{"pages", b.pages}, {"rates", b.rates}, {"papers", b.papers}, {"lists", b.lists}, {"memory", b.memory}, {"plans", b.plans},
		{"doublons", b.doublons}, {"reprise", b.reprise}, {"repartition", b.repartition},
		{"restructuration", b.restructuration}, {"rentree", b.rentree}, {"extraction", b.extraction}, {"journal", b.journal},
	} {
		if !b.parts.MatchString(part.name) {
			continue
		}
		fmt.Fprintf(b.out, "\n## %s\n", part.name)
		if err := part.do(ctx, d); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

// mark says whether a figure reaches the floor of design.md §8.
func mark(ok bool) string {
	if ok {
		return "ok"
	}
	return "UNDER"
}
