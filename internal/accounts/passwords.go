package accounts

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// hashing is how passwords are hashed: 19 MiB and two passes, which one core
// does some 25 times a second.
var hashing = &argon2id.Params{Memory: hashMemory, Iterations: hashPasses, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hasher hashes passwords, no more at once than there are cores, so that a wave
// of sign-ins takes neither all memory nor the readers' pages.
type hasher struct {
	cores   chan struct{}
	waiting atomic.Int64
	dummy   func() (string, error) // a hash of nobody's password
	worked  atomic.Int64           // hashes done, for tests of equal work
}

func newHasher() *hasher {
	return &hasher{
		cores: make(chan struct{}, runtime.GOMAXPROCS(0)),
		dummy: sync.OnceValues(func() (string, error) { return argon2id.CreateHash("nobody has this password", hashing) }),
	}
}

// turn waits for a core; the caller gives it back.
func (h *hasher) turn(ctx context.Context) error {
	if h.waiting.Add(1) > hashQueue {
		h.waiting.Add(-1)
		return fault.Unavailable("Đang có nhiều người đăng nhập cùng lúc. Hãy thử lại sau ít phút.")
	}
	defer h.waiting.Add(-1)
	select {
	case h.cores <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hasher) giveBack() { <-h.cores }

// hash gives what is stored of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.turn(ctx); err != nil {
		return "", err
	}
	defer h.giveBack()
	h.worked.Add(1)
	hash, err := argon2id.CreateHash(viet.NFC(password), hashing)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// matches reports whether a hash is of this password. Where there is no hash it
// works as long and says no.
func (h *hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	dummy, err := h.dummy()
	if err != nil {
		return false, fmt.Errorf("hash nobody's password: %w", err)
	}
	if err := h.turn(ctx); err != nil {
		return false, err
	}
	defer h.giveBack()
	h.worked.Add(1)
	known := hash != ""
	if !known {
		hash = dummy
	}
	if len(password) > 4*maxPassword {
		password, known = "", false
	}
	ok, err := argon2id.ComparePasswordAndHash(viet.NFC(password), hash)
	if err != nil {
		return false, fmt.Errorf("compare a password: %w", err)
	}
	return ok && known, nil
}

// passwordsFile has the words that guessers try first.
//
//go:embed passwords.txt
var passwordsFile string

// commonPasswords are those words, folded; figures and marks around them don't
// count.
var commonPasswords = func() map[string]bool {
	words := map[string]bool{}
	for _, line := range strings.Split(passwordsFile, "\n") {
		if word := viet.Fold(strings.TrimSpace(line)); word != "" && !strings.HasPrefix(word, "#") {
			words[word] = true
		}
	}
	return words
}()

// checkPassword refuses a password that is short or that somebody would guess:
// common words, runs of the keyboard, the person's own name and numbers.
func checkPassword(password string, p Person) error {
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return weak("Mật khẩu có ký tự lạ. Hãy gõ lại bằng chữ, số và dấu thông thường.")
	case n < minPassword:
		return weak(fmt.Sprintf("Mật khẩu cần ít nhất %d ký tự. Một câu ngắn dễ nhớ là tốt.", minPassword))
	case n > maxPassword:
		return weak(fmt.Sprintf("Mật khẩu tối đa %d ký tự.", maxPassword))
	case isOwn(password, p):
		return weak("Mật khẩu có tên, số điện thoại hoặc mã của anh, chị nên dễ đoán. Hãy chọn câu khác.")
	case isCommon(password):
		return weak("Mật khẩu này nhiều người dùng nên dễ đoán. Hãy chọn một câu riêng của anh, chị.")
	}
	return nil
}

func weak(sentence string) error {
	return fault.Invalid("Mật khẩu chưa dùng được.", fault.Field{Name: "password", Sentence: sentence})
}

// isCommon reports whether a guesser's list leads to the password.
func isCommon(password string) bool {
	for _, form := range guessForms(password) {
		if commonPasswords[form] || isRun(form) {
			return true
		}
		if part, ok := repeated(form); ok && (len(part) <= shortPart || commonPasswords[part]) {
			return true
		}
	}
	return false
}

// shortPart is how long a part may be that makes a password by repetition alone.
const shortPart = 4

// repeated is what a text is made of by repetition, as matkhau of
// matkhaumatkhau; ok is false when nothing repeats.
func repeated(s string) (part string, ok bool) {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return s[:n], true
		}
	}
	return "", false
}

// isOwn reports whether the password is little more than what is known of the
// person.
func isOwn(password string, p Person) bool {
	plain := strings.ReplaceAll(viet.Fold(password), " ", "")
	if len(p.Phone) == 10 && strings.Contains(plain, p.Phone[1:]) {
		return true
	}
	code := viet.Fold(p.Code)
	if len(code) >= 4 && strings.Contains(plain, code) {
		return true
	}
	words := strings.Fields(viet.Fold(p.Name))
	for _, form := range guessForms(password) {
		if form == code && code != "" {
			return true
		}
		for from := range words {
			for to := from + 1; to <= len(words); to++ {
				if form == strings.Join(words[from:to], "") {
					return true
				}
			}
		}
	}
	return false
}

// lookalikes are figures and marks that stand for letters.
var lookalikes = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t")

// guessForms gives the forms in which a guesser would find a password: without
// tones, capitals and blanks, without figures and marks around it, with letters
// for their look-alikes.
func guessForms(password string) []string {
	plain := strings.Join(strings.Fields(viet.Fold(password)), "")
	var forms []string
	for _, form := range []string{plain, strings.TrimRightFunc(plain, notLetter), strings.TrimFunc(plain, notLetter)} {
		forms = append(forms, form, lookalikes.Replace(form))
	}
	forms = append(forms, strings.TrimRightFunc(lookalikes.Replace(plain), notLetter))
	var kept []string
	for _, form := range forms {
		if len(form) > 1 {
			kept = append(kept, form)
		}
	}
	return kept
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// isRun reports whether a text is one or two characters over and over, or goes
// along the alphabet, the figures or the keyboard.
func isRun(s string) bool {
	if len(s) < 6 {
		return false
	}
	distinct := map[rune]bool{}
	for _, r := range s {
		distinct[r] = true
	}
	if len(distinct) <= 2 {
		return true
	}
	for _, row := range []string{"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"} {
		if strings.Contains(row, s) || strings.Contains(backwards(row), s) {
			return true
		}
	}
	return false
}

func backwards(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}
