package web

import (
	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/office"
)

// route is one address of the site.
type route struct {
	method, path string
	guard        guard
	handle       fiber.Handler
}

func get(path string, g guard, h fiber.Handler) route  { return route{fiber.MethodGet, path, g, h} }
func post(path string, g guard, h fiber.Handler) route { return route{fiber.MethodPost, path, g, h} }

// routes is every address of the site, the more particular first.
func (s *Server) routes() []route {
	return []route{
		get("/", anyone, s.showHome),

		get("/huong-dan", anyone, s.listGuides),
		get("/huong-dan/:topic", anyone, s.showTopic),
		get("/huong-dan/:topic/:slug", anyone, s.showGuide),
		get("/huong-dan/:topic/:slug/tu-kiem-tra", anyone, s.checkGuide),
		get("/huong-dan/:topic/:slug/thay-doi", anyone, s.showGuideChanges),
		get("/huong-dan/:topic/:slug/the-in", anyone, s.showGuideCard),

		get("/so-do", anyone, s.listPlans),
		get("/so-do/:plan", anyone, s.showPlan),
		get("/so-do/:plan/thay-doi", anyone, s.showPlanChanges),

		get("/lich", anyone, s.showCalendar),
		get("/lich.ics", anyone, s.sendCalendar),
		get("/moi", anyone, s.showNews),
		get("/moi.atom", anyone, s.sendNews),

		get("/van-ban", anyone, s.listLaws),
		get("/van-ban/:law", anyone, s.showLaw),
		get("/van-ban/:law/thay-doi", anyone, s.showLawChanges),
		get("/van-ban/:law/:provision", anyone, s.showProvision),

		get("/hoi-dap", anyone, s.listAnswers),
		get("/hoi-dap/gui", anyone, s.showAsk),
		post("/hoi-dap/gui", anyone, s.sendInquiry),
		get("/hoi-dap/phieu", anyone, s.showReceipt),
		post("/hoi-dap/phieu", anyone, s.findReceipt),
		get("/hoi-dap/:code", anyone, s.showAnswer),
		get("/hoi-dap/:code/thay-doi", anyone, s.showAnswerChanges),
		post("/gop-y", anyone, s.giveFeedback),
		get("/bien-tap/cau-hoi", s.may(accounts.Inquiries), s.listInquiries),
		get("/bien-tap/cau-hoi/:id", s.may(accounts.Inquiries), s.showInquiry),
		post("/bien-tap/cau-hoi/:id/nhan", s.may(accounts.Inquiries), s.takeInquiry),
		post("/bien-tap/cau-hoi/:id/tu-choi", s.may(accounts.Inquiries), s.refuseInquiry),
		post("/bien-tap/cau-hoi/:id/chuyen", s.may(accounts.Inquiries), s.passInquiry),
		post("/bien-tap/cau-hoi/:id/gop", s.may(accounts.Inquiries), s.mergeInquiry),
		post("/bien-tap/cau-hoi/:id/tra-loi", s.may(accounts.Inquiries), s.answerInquiry),

		get("/tinh-huong", anyone, s.listSituations),
		get("/tinh-huong/don-vi", anyone, s.askUnit),
		post("/tinh-huong/don-vi", anyone, s.chooseUnit),
		get("/tinh-huong/so-dien-thoai", s.may(accounts.Members), s.editContacts),
		post("/tinh-huong/so-dien-thoai", s.may(accounts.Members), s.saveContacts),
		get("/tinh-huong/:slug", anyone, s.showSituation),
		get("/tinh-huong/:slug/thay-doi", anyone, s.showSituationChanges),
		get("/thuat-ngu", anyone, s.listTerms),
		get("/thuat-ngu/:slug/thay-doi", anyone, s.showTermChanges),
		get("/loat-bai", anyone, s.listSeries),
		get("/loat-bai/:series", anyone, s.showSeries),
		get("/loat-bai/:series/:step", anyone, s.showStep),

		get("/tap-huan", anyone, s.listSessions),
		get("/tap-huan/:slug", anyone, s.showSession),
		get("/tap-huan/:slug/thay-doi", anyone, s.showSessionChanges),

		get("/tim-kiem", anyone, s.search),
		get("/tim-kiem/goi-y", anyone, s.suggest),
		post("/tim-kiem/chon", anyone, s.chooseHit),

		get("/trac-nghiem", anyone, s.listQuizzes),
		get("/trac-nghiem/:quiz", anyone, s.showQuiz),
		post("/trac-nghiem/:quiz", anyone, s.startAttempt),
		get("/trac-nghiem/:quiz/ket-qua", anyone, s.showResult),
		get("/trac-nghiem/:quiz/:n", anyone, s.showQuestion),
		post("/trac-nghiem/:quiz/:n", anyone, s.replyQuestion),

		get("/dang-nhap", anyone, s.showSignIn),
		post("/dang-nhap", anyone, s.signIn),
		get("/dang-nhap/ma", anyone, s.showCode),
		post("/dang-nhap/ma", anyone, s.confirmCode),
		get("/dang-nhap/thiet-lap", anyone, s.showCodeSetUp),
		post("/dang-nhap/thiet-lap", anyone, s.confirmCode),
		get("/dang-nhap/mat-khau", anyone, s.showNewPassword),
		post("/dang-nhap/mat-khau", anyone, s.setPassword),
		get("/the/:secret", anyone, s.showCard),
		post("/the/:secret", anyone, s.useCard),
		get("/ho-so", s.may(accounts.OwnAccount), s.showAccount),
		get("/ho-so/du-lieu.json", s.may(accounts.OwnAccount), s.sendHeld),
		post("/ho-so/mat-khau", s.may(accounts.OwnAccount), s.changePassword),
		post("/ho-so/may-khac/dang-xuat", s.may(accounts.OwnAccount), s.endOtherVisits),
		post("/ho-so/phien/:id/dang-xuat", s.may(accounts.OwnAccount), s.endVisit),
		post("/dang-xuat", s.may(accounts.OwnAccount), s.signOut),

		get("/can-bo", s.may(accounts.Members), s.listPeople),
		post("/can-bo", s.may(accounts.Members), s.addPerson),
		get("/can-bo/moi", s.may(accounts.Members), s.newPerson),
		get("/can-bo/nhap", s.may(accounts.Members), s.showSheets),
		post("/can-bo/nhap", s.may(accounts.Members), s.takeSheet),
		get("/can-bo/nhap/:id", s.may(accounts.Members), s.showSheet),
		post("/can-bo/nhap/:id", s.may(accounts.Members), s.importSheet),
		post("/can-bo/nhap/:id/hoan-tac", s.may(accounts.Members), s.undoImport),
		get("/can-bo.xlsx", s.may(accounts.Members), s.sendSheet(office.XLSX)),
		get("/can-bo.csv", s.may(accounts.Members), s.sendSheet(office.CSV)),
		post("/can-bo/the", s.may(accounts.Members), s.printCards),
		get("/can-bo/xoa-cu", s.may(accounts.Staff), s.showOldPeople),
		post("/can-bo/xoa-cu", s.may(accounts.Staff), s.eraseOldPeople),
		get("/can-bo/:id", s.may(accounts.Members), s.showPerson),
		post("/can-bo/:id", s.may(accounts.Members), s.savePerson),
		post("/can-bo/:id/thu-the", s.may(accounts.Members), s.personAct("thu-the", s.revokeCard)),
		post("/can-bo/:id/khoa", s.may(accounts.Members), s.personAct("khoa", s.endPerson)),
		post("/can-bo/:id/mo", s.may(accounts.Staff), s.personAct("mo", s.reopenPerson)),
		post("/can-bo/:id/go-ma", s.may(accounts.Staff), s.personAct("go-ma", s.resetCode)),
		post("/can-bo/:id/xoa-ten", s.may(accounts.Staff), s.personAct("xoa-ten", s.erasePerson)),
		get("/nhat-ky", s.may(accounts.Audit), s.showAudit),
		get("/nhat-ky.csv", s.may(accounts.Audit), s.sendAudit),

		get("/bien-tap/tu-ngu", s.may(accounts.Words), s.listWords),
		post("/bien-tap/tu-ngu", s.may(accounts.Words), s.saveWord),
		post("/bien-tap/tu-ngu/thu", s.may(accounts.Words), s.tryWord),
		get("/bien-tap/tu-ngu/:id", s.may(accounts.Words), s.editWord),
		post("/bien-tap/tu-ngu/:id/bo", s.may(accounts.Words), s.removeWord),
		post("/bien-tap/tu-ngu/:id/lay-lai", s.may(accounts.Words), s.restoreWord),
		get("/bien-tap/hieu-luc", s.may(accounts.Desk), s.listValidity),
		post("/bien-tap/hieu-luc", s.may(accounts.Review), s.recordAmendment),
		post("/bien-tap/hieu-luc/thu", s.may(accounts.Review), s.tryAmendment),
		post("/bien-tap/hieu-luc/:id/rut", s.may(accounts.Review), s.withdrawAmendment),
		post("/bien-tap/hieu-luc/:id/con-dung", s.may(accounts.Review), s.affirmText),
		post("/bien-tap/khong-thay/bo-qua", s.may(accounts.Write), s.dismissGap),

		get("/bien-tap/chu-de", s.may(accounts.Staff), s.showTopics),
		post("/bien-tap/chu-de", s.may(accounts.Staff), s.saveTopics),
		get("/bien-tap", s.may(accounts.Desk), s.showDesk),
		get("/bien-tap/huong-dan", s.may(accounts.OwnAccount), s.showManual),
		get("/bien-tap/bai", s.may(accounts.Desk), s.listTexts),
		get("/bien-tap/thung-rac", s.may(accounts.Desk), s.showBin),
		get("/bien-tap/can-cu", s.may(accounts.Write), s.findBasis),
		get("/bien-tap/lien-ket", s.may(accounts.Write), s.findPages),
		post("/bien-tap/moi", s.may(accounts.Write), s.startText),
		post("/bien-tap/xem-truoc", s.may(accounts.Write), s.previewText),
		post("/bien-tap/:kind/:id/sua", s.may(accounts.Write), s.reviseText),
		get("/bien-tap/:kind/:id/soan", s.may(accounts.Write), s.editText),
		post("/bien-tap/:kind/:id/soan", s.may(accounts.Write), s.saveText),
		post("/bien-tap/:kind/:id/luu", s.may(accounts.Write), s.autosaveText),
		post("/bien-tap/:kind/:id/lay-goc", s.may(accounts.Write), s.rebaseText),
		get("/bien-tap/:kind/:id/duyet", s.may(accounts.Desk), s.reviewText),
		post("/bien-tap/:kind/:id/duyet", s.may(accounts.Review), s.judgeText),
		post("/bien-tap/:kind/:id/rut-lai", s.may(accounts.Write), s.withdrawText),
		post("/bien-tap/:kind/:id/dang", s.may(accounts.Review), s.publishText),
		post("/bien-tap/:kind/:id/y-kien", s.may(accounts.Write), s.addRemark),
		post("/bien-tap/:kind/:id/y-kien/:remark/xong", s.may(accounts.Write), s.finishRemark),
		get("/bien-tap/:kind/:id/lich-su", s.may(accounts.Desk), s.showHistory),
		post("/bien-tap/:kind/:id/khoi-phuc", s.may(accounts.Write), s.restoreText),
		post("/bien-tap/:kind/:id/lay-lai", s.may(accounts.Write), s.recoverText),
		post("/bien-tap/:kind/:id/go-xuong", s.may(accounts.Review), s.takeDownText),
		post("/bien-tap/:kind/:id/dat-lai", s.may(accounts.Review), s.putBackText),
		post("/bien-tap/:kind/:id/chia-se", s.may(accounts.Write), s.sharePreview),
		post("/bien-tap/:kind/:id/chia-se/:link/thu-hoi", s.may(accounts.Write), s.revokePreview),
		get("/xem-truoc/:secret", anyone, s.showPreview),

		post("/hien-thi", anyone, s.setDisplay),
		get("/giup-do", anyone, s.showHelp),
		get("/quyen-rieng-tu", anyone, s.showPrivacy),

		get("/api/v1/search", anyone, s.apiSearch),
		get("/api/v1/answers/:code", anyone, s.apiAnswer),

		get("/robots.txt", anyone, s.showRobots),
		get("/sitemap.xml", anyone, s.showSiteMap),
		get("/opensearch.xml", anyone, s.showOpenSearch),
		get("/static/:name", anyone, s.showAsset),
		get("/favicon.ico", anyone, s.showIcon),

		get("/healthz", anyone, s.showHealth),
		get("/readyz", anyone, s.showReady),
		get("/metrics", operator, s.showMetrics),
	}
}

// register gives the routes to Fiber.
func (s *Server) register() {
	for _, r := range s.routes() {
		handle := func(c *fiber.Ctx) error {
			c.Locals(localRoute, r.path)
			if err := r.guard.pass(c); err != nil {
				return err
			}
			return r.handle(c)
		}
		if r.method == fiber.MethodGet {
			s.app.Get(r.path, handle)
			continue
		}
		s.app.Add(r.method, r.path, handle)
	}
}
