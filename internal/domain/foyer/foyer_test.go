package foyer_test

import (
	"reflect"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/foyer"
)

func TestDe(t *testing.T) {
	a, b := uuid.MustParse("0a000000-0000-4000-8000-000000000001"), uuid.MustParse("0a000000-0000-4000-8000-000000000002")
	parent := func(chez uuid.UUID) foyer.Responsable { return foyer.Responsable{Autorite: true, Adresse: chez} }
	cache := foyer.Responsable{Autorite: true, Adresse: b, Cachee: true}
	for _, tt := range []struct {
		name string
		list []foyer.Responsable
		want []foyer.Foyer
	}{
		{"nobody is known", nil, []foyer.Foyer{{Adresse: a, Principal: true}}},
		{"both parents at home", []foyer.Responsable{parent(a), parent(a)}, []foyer.Foyer{{Adresse: a, Principal: true, Ici: []int{0, 1}}}},
		{"parents who live apart", []foyer.Responsable{parent(a), parent(b)}, []foyer.Foyer{
			{Adresse: a, Principal: true, Ici: []int{0}, Ailleurs: []int{1}}, {Adresse: b, Ici: []int{1}, Ailleurs: []int{0}}}},
		{"a parent whose home is not known", []foyer.Responsable{parent(a), parent(uuid.Nil)},
			[]foyer.Foyer{{Adresse: a, Principal: true, Ici: []int{0, 1}}}},
		{"somebody elsewhere without authority", []foyer.Responsable{parent(a), {Adresse: b}},
			[]foyer.Foyer{{Adresse: a, Principal: true, Ici: []int{0}, Ailleurs: []int{1}}}},
		{"a child placed, whose parents live elsewhere", []foyer.Responsable{{Adresse: a}, parent(b)},
			[]foyer.Foyer{{Adresse: b, Ici: []int{1}, Ailleurs: []int{0}}}},
		{"nobody with authority", []foyer.Responsable{{Adresse: b}}, []foyer.Foyer{{Adresse: a, Principal: true, Ailleurs: []int{0}}}},
		{"a parent protected from the other", []foyer.Responsable{parent(a), cache}, []foyer.Foyer{
			{Adresse: a, Principal: true, Ici: []int{0}, Ailleurs: []int{1}, Discret: true},
			{Adresse: b, Ici: []int{1}, Ailleurs: []int{0}, Cachee: true}}},
	} {
		if got := foyer.De(a, tt.list); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}
