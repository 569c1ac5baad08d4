package httpx

import (
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"
)

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
