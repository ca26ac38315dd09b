package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var cardLink = regexp.MustCompile(`^https://sotay\.example\.vn/the/[0-9a-z]{26}$`)

func TestTheFirstAdministratorIsMadeOnTheCommandLine(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	base := []string{"--data", data, "--base-url", "https://sotay.example.vn"}
	add := append([]string{"person", "add", "--name", "Nguyễn Văn An", "--phone", "0912 345 678", "--role", "administrator"}, base...)
	out, errs, code := portal(t, add...)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != 0 || len(lines) != 2 || !cardLink.MatchString(lines[0]) || !strings.Contains(lines[1], "Nguyễn Văn An: dùng một lần, đến ") {
		t.Fatalf("got %d, %q, %s", code, lines, errs)
	}
	if _, errs, code := portal(t, add...); code != 1 || !strings.Contains(errs, "--phone: Số điện thoại này đã ghi cho Nguyễn Văn An.") {
		t.Errorf("got %d, %s, want the number to be taken", code, errs)
	}
	again, errs, code := portal(t, append([]string{"person", "card", "--phone", "+84912345678", "--reset-code"}, base...)...)
	first, _, _ := strings.Cut(again, "\n")
	if code != 0 || !cardLink.MatchString(first) || first == lines[0] {
		t.Errorf("got %d, %q, %s, want another link", code, again, errs)
	}
}

func TestNamesAreErasedOnTheCommandLineAfterATerm(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	add := []string{"person", "add", "--data", data, "--name", "Lê Thị Mai", "--code", "hv-1", "--role", "trainee"}
	if _, errs, code := portal(t, add...); code != 1 || !strings.Contains(errs, "--unit: ") {
		t.Errorf("got %d, %s, want a unit to be asked for", code, errs)
	}
	if out, errs, code := portal(t, append(add, "--unit", "p. việt trì")...); code != 0 || !strings.HasPrefix(out, "/the/") {
		t.Fatalf("got %d, %s, %s", code, out, errs)
	}
	for _, want := range []string{"đã xóa tên của 1 người\n", "đã xóa tên của 0 người\n"} {
		if out, errs, code := portal(t, "person", "erase", "--data", data, "--before", "2999-01-01"); code != 0 || out != want {
			t.Errorf("got %d, %q, %s, want %q", code, out, errs, want)
		}
	}
	if _, errs, code := portal(t, "person", "card", "--data", data, "--code", "HV-1"); code != 1 || !strings.Contains(errs, "Không có người này") {
		t.Errorf("got %d, %s, want nobody of that code", code, errs)
	}
}

func TestPersonCommandsRefuseWhatIsUnclear(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{
		{"person", "add", "--data", data, "--name", "An", "--role", "administrator"},
		{"person", "add", "--data", data, "--name", "An", "--role", "root", "--code", "a"},
		{"person", "add", "--data", data, "--name", "An", "--role", "trainer", "--code", "a", "--base-url", "sotay"},
		{"person", "card", "--data", data},
		{"person", "erase", "--data", data, "--before", "15/3/2026"},
		{"person", "erase", "--data", data},
	} {
		if _, errs, code := portal(t, args...); code != 2 {
			t.Errorf("%v: got %d, %s, want 2", args, code, errs)
		}
	}
	if _, errs, code := portal(t, "serve", "--data", data, "--province", "Atlantis"); code != 1 || !strings.Contains(errs, `no province is called "Atlantis"`) {
		t.Errorf("got %d, %s, want the province to be named", code, errs)
	}
}
