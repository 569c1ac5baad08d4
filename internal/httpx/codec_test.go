package httpx

import (
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/habilitation"
	_ "base-eleves/internal/fixture/graine"
)

func TestAgentIsGivenBackWholeOrNotAtAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		agent := habilitation.Agent{
			Compte: uuid.New(), Habilitation: uuid.New(), Role: habilitation.Role(text.Draw(t, "role")),
			Civilite: text.Draw(t, "civilite"), Nom: text.Draw(t, "nom"), Territoire: text.Draw(t, "territoire"), Ecole: text.Draw(t, "ecole"),
			Commune: text.Draw(t, "commune"), Plusieurs: rapid.Bool().Draw(t, "plusieurs"),
		}
		packed := packAgent(agent)
		if read, ok := unpackAgent(packed); !ok || read != agent {
			t.Fatalf("%+v, %v; wanted %+v", read, ok, agent)
		}
		cut := rapid.IntRange(0, len(packed)-1).Draw(t, "cut")
		if _, ok := unpackAgent(packed[:cut]); ok {
			t.Fatalf("%d bytes of %d were read as an agent", cut, len(packed))
		}
		if _, ok := unpackAgent(packed + "x"); ok {
			t.Fatal("one byte too many was read as an agent")
		}
	})
}

func TestCodecGivesBackTheSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deadline := time.Unix(rapid.Int64Range(0, 1<<40).Draw(t, "deadline"), 0).UTC()
		values := map[string]any{}
		for name, text := range rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "values") {
			values[name] = text
		}
		b, err := codec{}.Encode(deadline, values)
		if err != nil {
			t.Fatal(err)
		}
		until, read, err := codec{}.Decode(b)
		if err != nil || !until.Equal(deadline) || !maps.Equal(read, values) {
			t.Fatalf("%v %v, %v; wanted %v %v", until, read, err, deadline, values)
		}
		if cut := rapid.IntRange(0, len(b)-1).Draw(t, "cut"); cut < len(b) {
			if _, read, err := (codec{}).Decode(b[:cut]); err == nil && maps.Equal(read, values) && len(values) > 0 {
				t.Fatalf("%d bytes of %d were read as the whole", cut, len(b))
			}
		}
	})
}

func TestCodecRefusesWhatItCannotKeep(t *testing.T) {
	if _, err := (codec{}).Encode(time.Now(), map[string]any{"nombre": 3}); err == nil {
		t.Error("a number was kept")
	}
}
