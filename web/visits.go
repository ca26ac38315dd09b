package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/fault"
)

// localVisit is where a guard leaves the visit for handlers.
const localVisit = "visit"

// tokenField is the hidden field of every form in pages of signed-in people.
const tokenField = "khoa"

// tokenHeader carries the same where a script sends.
const tokenHeader = "X-Khoa"

// signInCookie finds the visit; knownCookie tells that this device signed in before.
func (s *Server) signInCookie() string { return s.ownCookie("phien") }
func (s *Server) knownCookie() string  { return s.ownCookie("may") }

// ownCookie binds a cookie to this very host where the site has https.
func (s *Server) ownCookie(name string) string {
	if s.https() {
		return "__Host-" + name
	}
	return name
}

// may guards an address: the person has signed in, their role may do the act,
// and a form carries the token of their visit.
func (s *Server) may(act accounts.Act) guard {
	return guard{act: act, pass: func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, noStore)
		visit, err := s.rooms.People.Visit(c.UserContext(), c.Cookies(s.signInCookie()))
		if err != nil {
			return err
		}
		if visit.Step != accounts.Inside {
			return fault.SignIn("Anh, chị chưa đăng nhập xong. Hãy đăng nhập lại.")
		}
		if !visit.Person.Role.May(act) {
			return fault.Denied("Vai trò của anh, chị (" + visit.Person.Role.Label() + ") không làm được việc này. Cần làm thì liên hệ người quản trị.")
		}
		if !isSafe(c) {
			if !rightToken(c, c.Cookies(s.signInCookie())) {
				return errOldForm
			}
			s.notices.forget(visit.Person.ID)
		}
		c.Locals(localVisit, visit)
		return nil
	}}
}

// errOldForm refuses a form of another visit. It shows what was sent, ready to
// be sent again, so that nothing typed is lost.
var errOldForm = fault.Denied("Trang này mở từ lần đăng nhập trước. Nội dung đã gõ còn ở dưới; hãy bấm gửi lại.")

// visitOf is the visit that the guard let pass.
func visitOf(c *fiber.Ctx) accounts.Visit {
	visit, _ := c.Locals(localVisit).(accounts.Visit)
	return visit
}

// actor is the person who acts.
func actor(c *fiber.Ctx) accounts.Person { return visitOf(c).Person }

// reviews reports whether the person who acts may act on the drafts of others.
func reviews(c *fiber.Ctx) bool {
	role := actor(c).Role
	return role.May(accounts.Review) || role.May(accounts.Staff)
}

// tokenOf binds forms to a visit: whoever has the cookie can reckon it, nobody else.
func tokenOf(secret string) string {
	sum := sha256.Sum256([]byte(tokenField + ":" + secret))
	return hex.EncodeToString(sum[:16])
}

func rightToken(c *fiber.Ctx, secret string) bool {
	sent := c.Get(tokenHeader)
	if sent == "" {
		sent = c.FormValue(tokenField)
	}
	return subtle.ConstantTimeCompare([]byte(sent), []byte(tokenOf(secret))) == 1
}

// personView is the signed-in person in the head of a page.
type personView struct {
	Name, Role string
	may        func(accounts.Act) bool
	notices    map[string]notice // of the menu's entries, by address
}

// May lets templates leave out what the person may not do.
func (p personView) May(act string) bool { return p.may(accounts.Act(act)) }

// staffPage starts a page of a signed-in person.
func (s *Server) staffPage(c *fiber.Ctx, title, summary string) base {
	b := s.page(c, title, summary)
	person := actor(c)
	b.NoIndex, b.URL = true, ""
	b.Person = &personView{Name: person.Name, Role: person.Role.Label(), may: person.Role.May, notices: s.noticesOf(c, person)}
	b.Token = tokenOf(c.Cookies(s.signInCookie()))
	return b
}

// keep gives the browser the secret of a visit, and the mark of a device that
// signed in before.
func (s *Server) keep(c *fiber.Ctx, e accounts.Entry, shared bool) {
	cookie := &fiber.Cookie{Name: s.signInCookie(), Value: e.Secret, Path: "/", HTTPOnly: true, Secure: s.https(), SameSite: fiber.CookieSameSiteLaxMode}
	if !shared {
		cookie.MaxAge = int(time.Until(e.Expires).Seconds())
	}
	cookie.SessionOnly = shared
	c.Cookie(cookie)
	if e.Known != "" && !shared {
		c.Cookie(&fiber.Cookie{Name: s.knownCookie(), Value: e.Known, Path: "/", MaxAge: int(cookieTime.Seconds()), HTTPOnly: true, Secure: s.https(), SameSite: fiber.CookieSameSiteLaxMode})
	}
}

// forget takes the visit's cookie back.
func (s *Server) forget(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: s.signInCookie(), Value: "", Path: "/", Expires: time.Unix(1, 0), HTTPOnly: true, Secure: s.https(), SameSite: fiber.CookieSameSiteLaxMode})
}

// signInPath leads to the sign-in page and back.
func signInPath(back string) string {
	if localPath(back) == "/" {
		return "/dang-nhap"
	}
	return "/dang-nhap?" + url.Values{"ve": {localPath(back)}}.Encode()
}

// device is a browser as its owner may recognise it in a list.
func device(c *fiber.Ctx) string {
	agent := c.Get(fiber.HeaderUserAgent)
	system, browser := "máy khác", "trình duyệt khác"
	for _, known := range [][2]string{{"Android", "điện thoại Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "máy tính Windows"}, {"Mac OS X", "máy tính Mac"}, {"Linux", "máy tính Linux"}} {
		if strings.Contains(agent, known[0]) {
			system = known[1]
			break
		}
	}
	for _, known := range [][2]string{{"coc_coc", "Cốc Cốc"}, {"Edg", "Edge"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}} {
		if strings.Contains(agent, known[0]) {
			browser = known[1]
			break
		}
	}
	return browser + " trên " + system
}

// menu is the staff's own, by what the person may do; readers keep theirs.
func (p personView) menu() []navItem {
	var items []navItem
	for _, item := range []struct {
		act  accounts.Act
		name string
		path string
	}{
		{accounts.Desk, "Bàn làm việc", "/bien-tap"},
		{accounts.Desk, "Bài viết", "/bien-tap/bai"},
		{accounts.Inquiries, "Câu hỏi", "/bien-tap/cau-hoi"},
		{accounts.Words, "Từ ngữ", wordsPath},
		{accounts.Staff, "Chủ đề", topicsPath},
		{accounts.Members, "Cán bộ", "/can-bo"},
		{accounts.Audit, "Nhật ký", "/nhat-ky"},
	} {
		if p.may(item.act) {
			items = append(items, navItem{Name: item.name, Path: item.path, Notice: p.notices[item.path]})
		}
	}
	return items
}
