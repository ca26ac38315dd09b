package web

import (
	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// signInPage is each step of signing in: one form, its faults, and where to go then.
type signInPage struct {
	base
	Faults []fault.Field
	Name   string
	Back   string
	Shared bool
	Key    string // of one-time codes, to be typed where no camera is
	QR     qrCode
	Card   string // the secret of the card that brought the person here
}

func (s *Server) signInPage(c *fiber.Ctx, title string) signInPage {
	c.Set(fiber.HeaderCacheControl, noStore)
	p := signInPage{base: s.page(c, title, "Đăng nhập dành cho cán bộ và học viên được cấp tài khoản.")}
	p.NoIndex, p.URL, p.Back = true, "", localPath(c.Query("ve"))
	return p
}

func (s *Server) showSignIn(c *fiber.Ctx) error {
	page := s.signInPage(c, "Đăng nhập")
	visit, err := s.rooms.People.Visit(c.UserContext(), c.Cookies(s.signInCookie()))
	if err == nil && visit.Step == accounts.Inside && page.Back != "/" {
		return c.Redirect(page.Back, fiber.StatusSeeOther)
	}
	return s.render(c, "account/signin", page)
}

func (s *Server) signIn(c *fiber.Ctx) error {
	f, err := readForm(c, "tk", "mk", "chung", "ve")
	if err != nil {
		return err
	}
	a := s.attemptOf(c, f)
	a.Name, a.Password = f.first("tk"), f.first("mk")
	entry, err := s.rooms.People.SignIn(c.UserContext(), a)
	if err != nil {
		page := s.signInPage(c, "Đăng nhập")
		page.Name, page.Shared, page.Back = legible(a.Name, 80), a.Shared, localPath(f.first("ve"))
		return s.askSignIn(c, "account/signin", page, err)
	}
	return s.enter(c, entry, a.Shared, f.first("ve"))
}

// attemptOf is what is known of who tries to sign in.
func (s *Server) attemptOf(c *fiber.Ctx, f form) accounts.Attempt {
	return accounts.Attempt{Address: s.addressOf(c), Device: device(c), Known: c.Cookies(s.knownCookie()), Shared: f.first("chung") != ""}
}

// enter keeps the visit and leads to its next step, or to where the person wanted.
func (s *Server) enter(c *fiber.Ctx, e accounts.Entry, shared bool, back string) error {
	s.keep(c, e, shared)
	c.Set(fiber.HeaderCacheControl, noStore)
	to := localPath(back)
	switch e.Step {
	case accounts.CodeNeeded:
		to = withBack("/dang-nhap/ma", to)
	case accounts.CodeSetUp:
		to = withBack("/dang-nhap/thiet-lap", to)
	case accounts.PasswordSetUp:
		to = withBack("/dang-nhap/mat-khau", to)
	default:
		if to == "/" {
			to = homeOf(e.Person.Role)
		}
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// homeOf is where a role begins its work.
func homeOf(r accounts.Role) string {
	switch {
	case r.May(accounts.Write):
		return "/bien-tap"
	case r.May(accounts.Members):
		return "/can-bo"
	}
	return "/ho-so"
}

// askSignIn shows a step again with what is wrong; limits and the like are pages
// of their own.
func (s *Server) askSignIn(c *fiber.Ctx, name string, page signInPage, err error) error {
	f, ok := fault.Of(err)
	if !ok || f.Kind != fault.KindInvalid && f.Kind != fault.KindDenied && f.Kind != fault.KindTooMany && f.Kind != fault.KindUnavailable {
		return err
	}
	page.Faults = faultsOf(f)
	c.Status(statuses[f.Kind].status)
	if f.Kind == fault.KindDenied {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.render(c, name, page)
}

// faultsOf are the sentences of a fault, by field where it names fields.
func faultsOf(f *fault.Fault) []fault.Field {
	if len(f.Fields) > 0 {
		return f.Fields
	}
	return []fault.Field{{Sentence: f.Sentence}}
}

// halfWay is the visit of who is not yet inside, in the step that a page is for.
func (s *Server) halfWay(c *fiber.Ctx, step accounts.Step) (accounts.Visit, error) {
	c.Set(fiber.HeaderCacheControl, noStore)
	visit, err := s.rooms.People.Visit(c.UserContext(), c.Cookies(s.signInCookie()))
	if err == nil && visit.Step != step {
		err = fault.SignIn("Bước này đã qua. Hãy đăng nhập lại.")
	}
	return visit, err
}

func (s *Server) showCode(c *fiber.Ctx) error {
	if _, err := s.halfWay(c, accounts.CodeNeeded); err != nil {
		return err
	}
	return s.render(c, "account/code", s.signInPage(c, "Nhập mã 6 số"))
}

func (s *Server) showCodeSetUp(c *fiber.Ctx) error {
	page, err := s.codeSetUpPage(c)
	if err != nil {
		return err
	}
	return s.render(c, "account/setup", page)
}

func (s *Server) codeSetUpPage(c *fiber.Ctx) (page signInPage, err error) {
	if _, err = s.halfWay(c, accounts.CodeSetUp); err != nil {
		return page, err
	}
	page = s.signInPage(c, "Cài mã 6 số")
	key, url, err := s.rooms.People.CodeSetUp(c.UserContext(), c.Cookies(s.signInCookie()))
	if err != nil {
		return page, err
	}
	page.Key = inFours(key)
	page.QR, err = drawQR(url)
	return page, err
}

// confirmCode takes the one-time code, on both pages that ask for it.
func (s *Server) confirmCode(c *fiber.Ctx) error {
	f, err := readForm(c, "ma", "ve")
	if err != nil {
		return err
	}
	secret := c.Cookies(s.signInCookie())
	before, err := s.rooms.People.Visit(c.UserContext(), secret)
	if err != nil {
		return err
	}
	entry, err := s.rooms.People.ConfirmCode(c.UserContext(), secret, onlyDigits(f.first("ma")), s.addressOf(c))
	if err == nil {
		return s.enter(c, entry, before.Shared, f.first("ve"))
	}
	if before.Step == accounts.CodeNeeded {
		page := s.signInPage(c, "Nhập mã 6 số")
		page.Back = localPath(f.first("ve"))
		return s.askSignIn(c, "account/code", page, err)
	}
	page, again := s.codeSetUpPage(c)
	if again != nil {
		return again
	}
	page.Back = localPath(f.first("ve"))
	return s.askSignIn(c, "account/setup", page, err)
}

func (s *Server) showNewPassword(c *fiber.Ctx) error {
	if _, err := s.halfWay(c, accounts.PasswordSetUp); err != nil {
		return err
	}
	return s.render(c, "account/password", s.signInPage(c, "Đặt mật khẩu"))
}

func (s *Server) setPassword(c *fiber.Ctx) error {
	f, err := readForm(c, "moi", "lai", "ve")
	if err != nil {
		return err
	}
	visit, err := s.halfWay(c, accounts.PasswordSetUp)
	if err != nil {
		return err
	}
	page := s.signInPage(c, "Đặt mật khẩu")
	page.Back = localPath(f.first("ve"))
	if f.first("moi") != f.first("lai") {
		return s.askSignIn(c, "account/password", page, errUnlike)
	}
	entry, err := s.rooms.People.SetPassword(c.UserContext(), c.Cookies(s.signInCookie()), f.first("moi"))
	if err != nil {
		return s.askSignIn(c, "account/password", page, err)
	}
	return s.enter(c, entry, visit.Shared, f.first("ve"))
}

var errUnlike = fault.Invalid("Hai lần gõ không giống nhau.", fault.Field{Name: "lai", Sentence: "Hai lần gõ mật khẩu không giống nhau. Hãy gõ lại."})

func (s *Server) showCard(c *fiber.Ctx) error {
	page := s.signInPage(c, "Vào sổ tay bằng thẻ")
	person, err := s.rooms.People.CardHolder(c.UserContext(), c.Params("secret"))
	if err != nil {
		return err
	}
	page.Name, page.Card = person.Name, c.Params("secret")
	return s.render(c, "account/card", page)
}

// useCard lets in by a card, once. Opening its address alone uses nothing up:
// messengers open addresses to preview them.
func (s *Server) useCard(c *fiber.Ctx) error {
	f, err := readForm(c, "chung")
	if err != nil {
		return err
	}
	a := s.attemptOf(c, f)
	entry, err := s.rooms.People.UseCard(c.UserContext(), c.Params("secret"), a)
	if err != nil {
		return err
	}
	return s.enter(c, entry, a.Shared, "")
}

func (s *Server) signOut(c *fiber.Ctx) error {
	if err := s.rooms.People.SignOut(c.UserContext(), c.Cookies(s.signInCookie())); err != nil {
		return err
	}
	s.forget(c)
	return c.Redirect("/", fiber.StatusSeeOther)
}

// accountPage is what a person sees of themselves.
type accountPage struct {
	base
	Self   accounts.Person
	Visits []visitView
	Faults []fault.Field
	Done   string
}

type visitView struct {
	accounts.Visit
	This        bool
	Began, Ends string
}

func (s *Server) accountPage(c *fiber.Ctx) (page accountPage, err error) {
	self := actor(c)
	page = accountPage{base: s.staffPage(c, self.Name, "Tài khoản của anh, chị."), Self: self, Done: doneSentences[c.Query("xong")]}
	list, err := s.rooms.People.Visits(c.UserContext(), self.ID)
	for _, visit := range list {
		page.Visits = append(page.Visits, visitView{visit, visit.ID == visitOf(c).ID, viet.Clock(visit.Started), viet.Clock(visit.Expires)})
	}
	return page, err
}

// doneSentences tell what was done on the page that a form came back to.
var doneSentences = map[string]string{
	"mat-khau": "Đã đổi mật khẩu. Các máy khác đã bị đăng xuất.",
	"phien":    "Đã đăng xuất máy đó.",
	"cac-may":  "Đã đăng xuất các máy khác.",
	"them":     "Đã thêm cán bộ.",
	"nhap":     "Đã nhập danh sách. Lần nhập này hoàn tác được trong 7 ngày.",
	"hoan-tac": "Đã hoàn tác lần nhập.",
	"sua":      "Đã lưu.",
	"khoa":     "Đã khóa tài khoản. Mọi máy của người này đã bị đăng xuất.",
	"mo":       "Đã mở lại tài khoản.",
	"thu-the":  "Đã thu hồi thẻ.",
	"xoa-ten":  "Đã xóa tên và số điện thoại.",
	"go-ma":    "Đã gỡ mã 6 số. Lần đăng nhập tới người này cài lại.",
}

func (s *Server) showAccount(c *fiber.Ctx) error {
	page, err := s.accountPage(c)
	if err != nil {
		return err
	}
	return s.render(c, "account/show", page)
}

func (s *Server) changePassword(c *fiber.Ctx) error {
	f, err := readForm(c, "cu", "moi", "lai")
	if err != nil {
		return err
	}
	var entry accounts.Entry
	if err = errUnlike; f.first("moi") == f.first("lai") {
		entry, err = s.rooms.People.ChangePassword(c.UserContext(), c.Cookies(s.signInCookie()), f.first("cu"), f.first("moi"))
	}
	if broken, ok := fault.Of(err); ok && broken.Kind == fault.KindInvalid {
		page, again := s.accountPage(c)
		if again != nil {
			return again
		}
		page.Faults = faultsOf(broken)
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, "account/show", page)
	}
	if err != nil {
		return err
	}
	s.keep(c, entry, visitOf(c).Shared)
	return c.Redirect("/ho-so?xong=mat-khau", fiber.StatusSeeOther)
}

func (s *Server) endVisit(c *fiber.Ctx) error {
	if err := s.rooms.People.EndVisit(c.UserContext(), c.Params("id"), actor(c).ID); err != nil {
		return err
	}
	return c.Redirect("/ho-so?xong=phien", fiber.StatusSeeOther)
}

func (s *Server) endOtherVisits(c *fiber.Ctx) error {
	if err := s.rooms.People.EndOtherVisits(c.UserContext(), visitOf(c).ID, actor(c).ID); err != nil {
		return err
	}
	return c.Redirect("/ho-so?xong=cac-may", fiber.StatusSeeOther)
}

// sendHeld gives a person everything that is held of them, as a file.
func (s *Server) sendHeld(c *fiber.Ctx) error {
	held, err := s.rooms.People.Held(c.UserContext(), actor(c).ID)
	if err != nil {
		return err
	}
	c.Attachment("du-lieu-cua-toi.json")
	return c.JSON(held)
}

func withBack(path, back string) string {
	if back == "/" {
		return path
	}
	return path + "?ve=" + escapeQuery(back)
}
