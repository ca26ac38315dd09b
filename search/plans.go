package search

import (
	"fmt"

	"sotay/content"
)

// planDocuments are a plan, the numbered points of its drawing and its checklist.
// What a sentence rests on stands behind it, as on the plan's page: snippets tell
// advice from rules. The points are one document: each would repeat the plan's
// title, and their crowd would keep other texts from being judged.
func planDocuments(p content.StoredPlan) []document {
	whole := document{
		Owner: owner(KindPlan, p.ID), Group: owner(KindPlan, p.ID), Kind: KindPlan, Ref: p.Key,
		URL: p.Path(), Topic: content.PlanTopic, Ended: string(p.Ended()), Title: p.Title,
	}
	intro := whole
	intro.ID, intro.Short, intro.Asked, intro.Body = whole.Owner+"#", p.Use, joinLines(p.Name, p.Label), joinLines(p.Caution, p.Description)
	part := func(anchor, heading string, lines []string) document {
		d := whole
		d.ID, d.URL, d.Heading, d.Body = whole.Owner+"#"+anchor, whole.URL+"#"+anchor, heading, joinLines(lines...)
		return d
	}
	var points, checks []string
	for i, point := range p.Legend {
		points = append(points, fmt.Sprintf("%d) %s %s", i+1, sourced(p, point.Text, point.Source), point.Place))
	}
	for _, check := range p.Checks {
		checks = append(checks, sourced(p, check.Text, check.Source))
	}
	return []document{intro, part(content.PlanPoints, "Vị trí từng thứ trong hình", points), part(content.PlanChecks, "Bảng kiểm khi bày biện xong", checks)}
}

func sourced(p content.StoredPlan, text, source string) string {
	return fmt.Sprintf("%s (%s).", text, p.SourceName(source))
}
