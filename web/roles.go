package web

import (
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
)

// roleCookie keeps for which role somebody reads on this device; the form that
// sets it is sent like the display menu's.
const roleCookie = "vai"

func roleChoices() []choice {
	list := []choice{{Value: "tat-ca", Label: "Mọi vai trò"}}
	for _, a := range content.Audiences() {
		list = append(list, choice{Value: string(a), Label: a.Label()})
	}
	return list
}

// Roles are the roles to read for.
func (b base) Roles() []choice { return marked(roleCookie, b.Role) }

// forReader folds what is for other roles than the reader's, where a text has
// such parts.
func (b *base) forReader(c *fiber.Ctx, parts []partView) []partView {
	for i, part := range parts {
		if !strings.Contains(string(part.HTML), `class="for-role"`) {
			continue
		}
		b.ByRole = true
		if b.Role = chosen(c, roleCookie); b.Role != "" {
			parts[i].HTML = template.HTML(content.ForRole(string(part.HTML), content.Audience(b.Role))) // still what was sanitised
		}
	}
	return parts
}
