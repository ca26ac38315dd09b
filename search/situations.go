package search

import "sotay/content"

// situationDocuments are the steps of a situation; each opens at its own place.
func situationDocuments(s content.Situation) []document {
	whole := document{
		Owner: owner(KindSituation, s.ID), Group: owner(KindSituation, s.ID), Kind: KindSituation, Ref: string(s.Slug),
		URL: s.Path(), Topic: s.Topic.Slug, Date: string(s.Effective), Ended: string(s.Ended()), Title: s.Title,
	}
	intro := whole
	intro.ID, intro.Short, intro.Asked = whole.Owner+"#", s.Summary, joinLines(s.Asked[content.WholeGuide]...)
	docs := []document{intro}
	for _, section := range s.Body.Sections {
		if section.Anchor == "" {
			docs[0].Body = section.Text
			continue
		}
		d := whole
		d.ID, d.URL = whole.Owner+"#"+section.Anchor, whole.URL+"#"+section.Anchor
		d.Heading, d.Body, d.Asked = section.Heading, section.Text, joinLines(s.Asked[section.Anchor]...)
		docs = append(docs, d)
	}
	return docs
}
