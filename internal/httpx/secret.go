package httpx

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"base-eleves/internal/domain/habilitation"
)

// GarderSecret keeps what the next page shows once and no other page ever: a letter of activation, recovery codes. It waits in
// the agent's session, sealed; the base has but its hash.
func (s *Site) GarderSecret(ctx context.Context, agent habilitation.Agent, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.Sessions.Put(ctx, key, base64.StdEncoding.EncodeToString(s.Coffre.Sceller(b, agent.Compte.String())))
	return nil
}

// PrendreSecret takes it out of the session; dst stays as it is when it has been shown already.
func (s *Site) PrendreSecret(ctx context.Context, agent habilitation.Agent, key string, dst any) {
	s.LireSecret(ctx, agent, key, dst)
	s.Sessions.Remove(ctx, key)
}

// LireSecret reads it and leaves it there: what waits to be confirmed may be shown again until it is.
func (s *Site) LireSecret(ctx context.Context, agent habilitation.Agent, key string, dst any) {
	sealed, err := base64.StdEncoding.DecodeString(s.Sessions.GetString(ctx, key))
	if err != nil || len(sealed) == 0 {
		return
	}
	if b, err := s.Coffre.Ouvrir(sealed, agent.Compte.String()); err == nil {
		_ = json.Unmarshal(b, dst) // of our own making
	}
}
