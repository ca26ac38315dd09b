package search

import "sotay/content"

// termDocuments is a term; its abbreviation and what others call it are asked
// for like its name.
func termDocuments(t content.Term) []document {
	id := owner(KindTerm, t.ID)
	return []document{{
		ID: id, Owner: id, Group: id, Kind: KindTerm, Ref: string(t.Slug), URL: t.Path(), Code: t.Short,
		Title: t.Title, Short: t.Summary, Asked: joinLines(append([]string{t.Short}, t.Also...)...), Body: plain(t.Body),
	}}
}
