package territoire

import (
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

func TestIdentifiersAreReadAsBytes(t *testing.T) {
	m := pgtype.NewMap()
	registerUUID(m)
	id := uuid.MustParse("00000000-0000-4000-a000-000000000001")
	var read uuid.UUID
	var perhaps *uuid.UUID
	if err := m.Scan(pgtype.UUIDOID, pgtype.BinaryFormatCode, id[:], &read); err != nil || read != id {
		t.Errorf("%v, %v", read, err)
	}
	if err := m.Scan(pgtype.UUIDOID, pgtype.BinaryFormatCode, id[:], &perhaps); err != nil || perhaps == nil || *perhaps != id {
		t.Errorf("%v, %v", perhaps, err)
	}
	if err := m.Scan(pgtype.UUIDOID, pgtype.BinaryFormatCode, nil, &perhaps); err != nil || perhaps != nil {
		t.Errorf("null: %v, %v", perhaps, err)
	}
	if err := m.Scan(pgtype.UUIDOID, pgtype.BinaryFormatCode, nil, &read); err == nil {
		t.Error("null was read as an identifier")
	}
	plan := func(m *pgtype.Map) float64 {
		return testing.AllocsPerRun(100, func() {
			if err := m.PlanScan(pgtype.UUIDOID, pgtype.BinaryFormatCode, &read).Scan(id[:], &read); err != nil {
				t.Fatal(err)
			}
		})
	}
	if n, text := plan(m), plan(pgtype.NewMap()); n != 0 || text == 0 {
		t.Errorf("%v allocations, %v without it", n, text)
	}
}
