package content

// SeedFrom is Seed with other files than the embedded ones.
var SeedFrom = (*Library).seed

// CleanText is what saving makes of a typed text, for the tests.
func CleanText(kind string, t Text) (Text, error) { return t.clean(kind) }

// ListQueries are the lists of desks, with values in the place of arguments.
var ListQueries = []string{
	`SELECT number FROM revisions WHERE state = 'review' ORDER BY at_ms, kind, object_id, number LIMIT 500`,
	`SELECT number FROM revisions WHERE state = 'discarded' ORDER BY at_ms DESC, kind DESC, object_id DESC, number DESC LIMIT 500`,
	`SELECT number FROM revisions WHERE state = 'approved' AND publish_ms > 0 AND publish_ms <= 5 ORDER BY at_ms, kind, object_id, number LIMIT 50`,
	`SELECT number FROM revisions WHERE kind = 'guide' AND object_id = 'a' ORDER BY number DESC LIMIT 500`,
	`SELECT id FROM comments WHERE kind = 'guide' AND object_id = 'a' ORDER BY at_ms, id LIMIT 500`,
	`SELECT d.kind FROM taken_down d ORDER BY d.at_ms DESC, d.kind DESC, d.object_id DESC LIMIT 500`,
}

// StatementBases are the provisions that the rules of the text check name, by rule.
func StatementBases() map[string]string {
	bases := map[string]string{}
	for _, r := range rules {
		if r.Basis != "" {
			bases[r.Name] = r.Basis
		}
	}
	return bases
}
