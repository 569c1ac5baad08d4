package httpx

import (
	"net/http"
	"strings"

	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/pdf"
)

// CheminSceau is where the code of a paper leads, before its seal.
const CheminSceau = "/V/"

// Code is the square that a paper bears: it opens the page that says what the paper must say. All of it is written in
// capitals, which take less room.
func (s *Site) Code(p sceau.Papier) (pdf.Code, error) {
	seal, err := s.Sceaux.Sceller(p)
	if err != nil {
		return pdf.Code{}, err
	}
	return pdf.Code{
		Content: strings.ToUpper(s.Origine) + CheminSceau + seal,
		Caption: []pdf.Span{
			pdf.T("Pour vérifier ce document, photographiez ce code ou ouvrez "), pdf.B(s.Origine + "/verifier"),
			pdf.T(". Le document est authentique si cette page dit la même chose que lui."),
		},
	}, nil
}

// WithoutSession serves pages that must answer though the base does not: nobody is logged in there.
func (s *Site) WithoutSession(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := s.Sessions.Load(r.Context(), "") // no token: the store is not asked
		if err != nil {
			s.serveError(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
