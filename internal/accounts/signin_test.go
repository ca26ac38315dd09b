package accounts_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/fault"
)

func attempt(name string) accounts.Attempt {
	return accounts.Attempt{Name: name, Password: password, Address: "10.0.0.1", Device: "Firefox"}
}

func TestTrainersComeInByPhoneOrCodeAndPassword(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	for _, name := range []string{p.Phone, "+84" + p.Phone[1:], " " + p.Phone[:4] + " " + p.Phone[4:7] + "." + p.Phone[7:]} {
		e := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(name)))
		w.wantVisit(e.Secret, accounts.Inside)
		if want := w.now().Add(12 * time.Hour); !e.Expires.Equal(want) {
			t.Errorf("got %s, want %s: staff stay 12 hours", e.Expires, want)
		}
	}
	if err := w.Change(ctx, p.ID, accounts.NewPerson{Name: p.Name, Code: "gv-01", Role: p.Role}, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	w.entry(accounts.Inside)(w.SignIn(ctx, attempt("GV-01")))
	w.entry(accounts.Inside)(w.SignIn(ctx, attempt(" gv-01 ")))
}

func TestAVisitEndsWhenItsTimeIsOver(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Secretary)
	own := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	a := attempt(p.Phone)
	a.Shared = true
	shared := w.entry(accounts.Inside)(w.SignIn(ctx, a))
	if shared.Known != "" {
		t.Error("a shared machine was given a cookie by which it is known")
	}
	w.pass(2 * time.Hour)
	w.wantNoVisit(shared.Secret)
	w.wantVisit(own.Secret, accounts.Inside)
	w.pass(10 * time.Hour)
	w.wantNoVisit(own.Secret)
	if err := w.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Second)
	if err := w.Sweep(ctx); err != nil || w.number(`SELECT count(*) FROM visits`) != 0 {
		t.Errorf("got %v and visits left, want them deleted", err)
	}
}

// What a stranger sees of an unknown name is what they see of a known one: the
// sentence, and the work of one hash.
func TestUnknownNamesAreAnsweredLikeKnownOnes(t *testing.T) {
	w := newTown(t)
	known := w.withPassword(accounts.Trainer)
	ended := w.withPassword(accounts.Trainer)
	if err := w.End(ctx, ended.ID, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, login, password string }{
		{"unknown phone", "0999999999", password}, {"unknown code", "KHONG-CO", password}, {"no name at all", "", password},
		{"NUL and broken text", "a\x00\xff", "b\x00\xff"}, {"wrong password", known.Phone, "sai mật khẩu rồi"}, {"no password typed", known.Phone, ""},
		{"ended", ended.Phone, password}, {"without password", w.person(accounts.Trainee, vietTri, "").Phone, ""}, {"endless password", known.Phone, strings.Repeat("a", 1<<20)},
		{"the dummy's own password", "0999999998", "nobody has this password"},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := w.HashesDone()
			e, err := w.SignIn(ctx, accounts.Attempt{Name: tt.login, Password: tt.password, Address: fmt.Sprint("10.1.0.", i)})
			if e.Secret != "" || !fault.Is(err, fault.KindInvalid) || err.Error() != "Số hoặc mật khẩu chưa đúng." {
				t.Errorf("got %+v, %v, want the one sentence", e, err)
			}
			if got := w.HashesDone() - before; got != 1 {
				t.Errorf("got %d hashes, want 1 as for everybody", got)
			}
		})
	}
}

func TestGuessesFromOneAddressAreLimitedAlikeForUnknownNames(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	for _, name := range []string{p.Phone, "0999999999"} {
		a := accounts.Attempt{Name: name, Password: "sai sai sai", Address: "10.2.0.1"}
		for range 10 {
			_, err := w.SignIn(ctx, a)
			wantFault(t, err, fault.KindInvalid)
		}
		before := w.HashesDone()
		_, err := w.SignIn(ctx, a)
		wantFault(t, err, fault.KindTooMany)
		if w.HashesDone() != before {
			t.Error("a refused guess still cost a hash")
		}
	}
	right := attempt(p.Phone)
	right.Address = "10.2.0.1"
	_, err := w.SignIn(ctx, right)
	wantFault(t, err, fault.KindTooMany)
	w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone))) // from elsewhere
	w.pass(15 * time.Minute)
	w.entry(accounts.Inside)(w.SignIn(ctx, right))
}

func (w *town) knocks(n int, a func(i int) accounts.Attempt) (passed int) {
	w.t.Helper()
	for i := range n {
		many, err := w.Knock(ctx, a(i))
		if err != nil {
			w.t.Fatal(err)
		}
		if !many {
			passed++
		}
	}
	return passed
}

func TestGuessesAtManyNamesFromOneAddressAreLimited(t *testing.T) {
	w := newTown(t)
	got := w.knocks(120, func(i int) accounts.Attempt {
		return accounts.Attempt{Name: fmt.Sprintf("09%08d", i), Address: "10.3.0.1"}
	})
	if got != 100 {
		t.Errorf("got %d tries let through, want 100", got)
	}
	if n := w.number(`SELECT count(*) FROM tries`); n > 201 {
		t.Errorf("got %d counts kept, want none more of an address that is full", n)
	}
}

// Strangers with as many addresses as they like, or behind the same one, don't
// keep somebody out of a device that is known.
func TestStrangersNeverLockTheVictimOutOfAKnownDevice(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	own := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	if own.Known == "" {
		t.Fatal("the device got no cookie")
	}
	got := w.knocks(200, func(i int) accounts.Attempt {
		return accounts.Attempt{Name: p.Phone, Address: fmt.Sprint("10.4.0.", i), Known: strings.Repeat("a", 64)}
	})
	if got != 50 {
		t.Errorf("got %d guesses from everywhere, want 50", got)
	}
	w.knocks(200, func(int) accounts.Attempt { return accounts.Attempt{Name: p.Phone, Address: "10.0.0.1"} })
	a := attempt(p.Phone)
	_, err := w.SignIn(ctx, a)
	wantFault(t, err, fault.KindTooMany)
	a.Known = own.Known
	e := w.entry(accounts.Inside)(w.SignIn(ctx, a))
	if e.Known != "" {
		t.Error("got another cookie of the device, want the one that is there to stay")
	}
	a.Password = "sai sai sai"
	if got := w.knocks(20, func(int) accounts.Attempt { return a }); got != 10 {
		t.Errorf("got %d guesses on the known device, want 10", got)
	}
}

// Who hammers at one name uses up nobody else's tries, not even from the same
// address.
func TestAStrangerUsesUpOnlyTheirOwnTries(t *testing.T) {
	w := newTown(t)
	victim, colleague := w.withPassword(accounts.Trainer), w.withPassword(accounts.Trainer)
	w.knocks(300, func(int) accounts.Attempt { return accounts.Attempt{Name: victim.Phone, Address: "10.0.0.1"} })
	w.entry(accounts.Inside)(w.SignIn(ctx, attempt(colleague.Phone)))
	elsewhere := attempt(victim.Phone)
	elsewhere.Address = "10.9.0.1"
	w.entry(accounts.Inside)(w.SignIn(ctx, elsewhere))
}

func TestADeviceIsKnownOfThePersonAlone(t *testing.T) {
	w := newTown(t)
	one, two := w.withPassword(accounts.Trainer), w.withPassword(accounts.Trainer)
	e := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(one.Phone)))
	got := w.knocks(60, func(i int) accounts.Attempt {
		return accounts.Attempt{Name: two.Phone, Address: fmt.Sprint("10.5.0.", i), Known: e.Known}
	})
	if got != 50 {
		t.Errorf("got %d guesses, want 50: the cookie is of another person", got)
	}
}

func TestComingInForgetsWhatWasCounted(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	for range 15 {
		wrong := attempt(p.Phone)
		wrong.Password = "sai sai sai"
		if _, err := w.SignIn(ctx, wrong); !fault.Is(err, fault.KindInvalid) {
			t.Fatalf("got %v, want Invalid", err)
		}
		w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	}
}

func TestEachStepHasANewSecret(t *testing.T) {
	w := newTown(t)
	p := w.person(accounts.Approver, "", "")
	byCard := w.entry(accounts.PasswordSetUp)(w.UseCard(ctx, w.card(p).Secret, accounts.Attempt{}))
	set := w.entry(accounts.CodeSetUp)(w.SetPassword(ctx, byCard.Secret, password))
	w.wantNoVisit(byCard.Secret)
	key, url, err := w.CodeSetUp(ctx, set.Secret)
	if err != nil || !strings.HasPrefix(url, "otpauth://totp/") || !strings.Contains(url, "secret="+key) {
		t.Fatalf("got %s, %v", url, err)
	}
	in := w.entry(accounts.Inside)(w.ConfirmCode(ctx, set.Secret, w.code(key), ""))
	w.wantNoVisit(set.Secret)
	w.wantVisit(in.Secret, accounts.Inside)
	changed := w.entry(accounts.Inside)(w.ChangePassword(ctx, in.Secret, password, "một câu khác hẳn"))
	w.wantNoVisit(in.Secret)
	w.wantVisit(changed.Secret, accounts.Inside)
	if len(map[string]bool{byCard.Secret: true, set.Secret: true, in.Secret: true, changed.Secret: true, in.Known: true}) != 5 {
		t.Error("a secret came twice")
	}
	for _, s := range []string{byCard.Secret, changed.Secret, in.Known} {
		if n := w.number(`SELECT count(*) FROM visits WHERE secret_hash = $1 OR device_hash = $1`, s); n != 0 || len(s) != 64 {
			t.Errorf("secret of %d letters is stored as it is", len(s))
		}
	}
}

func TestOnlyTheRightStepOpensTheNext(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	half := w.entry(accounts.CodeNeeded)(w.SignIn(ctx, attempt(p.Phone)))
	_, err := w.SetPassword(ctx, half.Secret, "một câu khác hẳn")
	wantFault(t, err, fault.KindSignIn)
	_, err = w.ChangePassword(ctx, half.Secret, password, "một câu khác hẳn")
	wantFault(t, err, fault.KindSignIn)
	_, _, err = w.CodeSetUp(ctx, half.Secret)
	wantFault(t, err, fault.KindSignIn)
	in := w.entry(accounts.Inside)(w.ConfirmCode(ctx, half.Secret, w.code(key), ""))
	w.pass(time.Minute)
	_, err = w.ConfirmCode(ctx, in.Secret, w.code(key), "")
	wantFault(t, err, fault.KindSignIn)
	for _, secret := range []string{"", "abc", strings.Repeat("0", 64), half.Secret} {
		w.wantNoVisit(secret)
		_, err := w.ConfirmCode(ctx, secret, w.code(key), "")
		wantFault(t, err, fault.KindSignIn)
	}
}

func TestHalfwayVisitsLastMinutes(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	half := w.entry(accounts.CodeNeeded)(w.SignIn(ctx, attempt(p.Phone)))
	w.pass(15 * time.Minute)
	w.wantNoVisit(half.Secret)
	_, err := w.ConfirmCode(ctx, half.Secret, w.code(key), "")
	wantFault(t, err, fault.KindSignIn)
}

func TestChangingThePasswordEndsTheOtherVisits(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	thief := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	own := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	card := w.card(p)
	_, err := w.ChangePassword(ctx, own.Secret, "sai sai sai", "một câu khác hẳn")
	wantFields(t, err, "old")
	_, err = w.ChangePassword(ctx, own.Secret, password, password)
	wantFields(t, err, "password")
	_, err = w.ChangePassword(ctx, own.Secret, password, "matkhau2026")
	wantFields(t, err, "password")
	w.wantVisit(thief.Secret, accounts.Inside)
	e := w.entry(accounts.Inside)(w.ChangePassword(ctx, own.Secret, password, "một câu khác hẳn"))
	w.wantNoVisit(thief.Secret)
	if !e.Expires.Equal(own.Expires) {
		t.Errorf("got %s, want %s: a change makes no visit longer", e.Expires, own.Expires)
	}
	_, err = w.CardHolder(ctx, card.Secret)
	wantFault(t, err, fault.KindNotFound)
	_, err = w.SignIn(ctx, attempt(p.Phone))
	wantFault(t, err, fault.KindInvalid)
}

func TestWrongOldPasswordsAreLimited(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	e := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	for range 10 {
		_, err := w.ChangePassword(ctx, e.Secret, "sai sai sai", "một câu khác hẳn")
		wantFields(t, err, "old")
	}
	_, err := w.ChangePassword(ctx, e.Secret, password, "một câu khác hẳn")
	wantFault(t, err, fault.KindTooMany)
}

func TestAFullQueueOfHashesAsksToComeBack(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	empty := w.FillQueue()
	_, err := w.SignIn(ctx, attempt(p.Phone))
	wantFault(t, err, fault.KindUnavailable)
	empty()
	w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
}

func TestManySignInsAtOnceAllCount(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	var wg sync.WaitGroup
	var mu sync.Mutex
	wrong, many := 0, 0
	for range 30 {
		wg.Go(func() {
			_, err := w.SignIn(ctx, accounts.Attempt{Name: p.Phone, Password: "sai sai sai", Address: "10.6.0.1"})
			mu.Lock()
			defer mu.Unlock()
			if fault.Is(err, fault.KindTooMany) {
				many++
			} else if fault.Is(err, fault.KindInvalid) {
				wrong++
			}
		})
	}
	wg.Wait()
	if wrong != 10 || many != 20 {
		t.Errorf("got %d compared, %d refused, want 10 and 20: guesses at once must not slip through", wrong, many)
	}
}
