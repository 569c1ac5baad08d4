// Package dossier holds what completes a pupil's file beside his identity, his home and his responsables: the people to
// call and those who may fetch him, the périscolaire, the insurance and the authorisations of a year; what is still
// missing from the file; and what it said in the past. The pages of the file come here (domain.md §3).
package dossier
