package accounts_test

import (
	"strings"
	"testing"

	"sotay/internal/accounts"
)

var an = accounts.Person{Name: "Nguyễn Văn An", Phone: "0912345678", Code: "CB-0017"}

func TestGuessablePasswordsAreRefused(t *testing.T) {
	for _, s := range []string{
		"", "ngắn", "1234567",
		"12345678", "123456789", "87654321", "password", "Password1!", "P@ssw0rd", "iloveyou", "ILOVEYOU2026", "qwertyuiop", "qwerty123", "1q2w3e4r", "asdfghjkl", "aaaaaaaa", "abababab", "abcdefgh", "11223344",
		"matkhau1", "MatKhau123", "mật khẩu", "Mật Khẩu 2026!", "m@tkh@u123", "matkhaumatkhau", "anhyeuem", "anh yêu em", "anhyeuem123", "phutho2026", "Phú Thọ 2026", "viettri123", "baucu2026", "bầucử2026", "BauCu@2026", "quochoi2026", "2026baucu", "vietnam1", "nguyenvana", "tuananh1990", "68686868", "02091945",
		"0912345678", "+84912345678", "an0912345678an", "cb-0017cb", "nguyenvanan", "Nguyễn Văn An", "vanan1990", "VanAn@123", "12345678an", strings.Repeat("x1!", 50), "abc\x00defgh", "abc\xffdefgh",
	} {
		if err := accounts.CheckPassword(s, an); err == nil {
			t.Errorf("%q is taken", s)
		} else {
			wantFields(t, err, "password")
		}
	}
}

func TestAnOrdinarySentenceIsAPassword(t *testing.T) {
	for _, s := range []string{"mưa rơi trên mái ngói", "con mèo trèo cây cau", "tR7#kq!2zP", "ba bát bún bò", "正しい馬電池ホチキス", "thuyền ai đậu bến sông trăng đó", strings.Repeat("đường dài ", 12)} {
		if err := accounts.CheckPassword(s, an); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// An and others with a short name may use words that hold it.
func TestAShortNameForbidsFewPasswords(t *testing.T) {
	if err := accounts.CheckPassword("hòn than lăn bánh", accounts.Person{Name: "An", Phone: "0912345678"}); err != nil {
		t.Error(err)
	}
}

func TestAPasswordIsTheSameHoweverItsTonesAreTyped(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	a := attempt(p.Phone)
	a.Password = "mu\u031ba ro\u031bi tre\u0302n ma\u0301i ngo\u0301i"
	w.entry(accounts.Inside)(w.SignIn(ctx, a))
}

func TestPasswordsAreStoredAsArgon2id(t *testing.T) {
	w := newTown(t)
	w.withPassword(accounts.Trainer)
	if n := w.number(`SELECT count(*) FROM people WHERE password LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'`); n != 1 {
		t.Errorf("got %d such hashes, want 1", n)
	}
}
