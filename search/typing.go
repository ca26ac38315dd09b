package search

import (
	"slices"
	"strings"

	"sotay/internal/viet"
)

// shortForms are what is typed on telephones for common words. None stands for
// a word of the trade: those are synonyms.
var shortForms = map[string]string{
	"dc": "được", "đc": "được", "dk": "được", "đk": "được", "dx": "được", "đx": "được",
	"k": "không", "ko": "không", "kg": "không", "hok": "không", "hk": "không", "hông": "không", "hong": "không", "hem": "không", "khg": "không",
	"vs": "với", "ntn": "như thế nào", "tn": "thế nào", "ntnao": "như thế nào", "lsao": "làm sao", "ls": "làm sao",
	"j": "gì", "ji": "gì", "r": "rồi", "bn": "bao nhiêu", "bnhieu": "bao nhiêu", "lm": "làm", "ng": "người", "ngta": "người ta",
	"cx": "cũng", "cg": "cũng", "nx": "nữa", "trc": "trước", "ms": "mới", "wa": "qua", "z": "vậy", "mk": "mình", "mik": "mình", "bit": "biết",
}

// strokes are the keys of one syllable on their way to letters.
type strokes struct {
	letters []rune
	tone    rune // a combining mark, 0 while none was typed
	used    bool // a key was read as a mark
}

// plainVowels are the letters that can carry a tone; markedVowels take it first.
const (
	plainVowels  = "aeiouy" + markedVowels
	markedVowels = "âêôăơư"
)

var (
	hats       = map[rune]rune{'a': 'â', 'e': 'ê', 'o': 'ô'}
	telexTones = map[rune]rune{'s': '\u0301', 'f': '\u0300', 'r': '\u0309', 'x': '\u0303', 'j': '\u0323'}
	vniTones   = map[rune]rune{'1': '\u0301', '2': '\u0300', '3': '\u0309', '4': '\u0303', '5': '\u0323'}
)

// telex reads keys that no input method turned into letters: "baafu" as bầu.
func telex(word string) (string, bool) {
	var s strokes
	for _, key := range word {
		ok := true
		switch {
		case telexTones[key] != 0 && s.hasVowel():
			ok = s.setTone(telexTones[key])
		case key == 'w':
			if !s.horn() {
				s.letters, s.used = append(s.letters, 'ư'), true
			}
		case hats[key] != 0 && s.mark(key, hats[key]):
		case key == 'd' && s.mark('d', 'đ'):
		default:
			s.letters = append(s.letters, key)
		}
		if !ok {
			return "", false
		}
	}
	return s.syllable()
}

// vni reads the same of the other common input method: "ba62u" as bầu.
func vni(word string) (string, bool) {
	var s strokes
	for _, key := range word {
		ok := true
		switch {
		case vniTones[key] != 0:
			ok = s.hasVowel() && s.setTone(vniTones[key])
		case key == '6':
			ok = s.mark('o', 'ô') || s.mark('e', 'ê') || s.mark('a', 'â')
		case key == '7':
			ok = s.horn()
		case key == '8':
			ok = s.mark('a', 'ă')
		case key == '9':
			ok = s.mark('d', 'đ')
		case key == '0':
			ok = false
		default:
			s.letters = append(s.letters, key)
		}
		if !ok {
			return "", false
		}
	}
	return s.syllable()
}

func isVowel(r rune) bool { return strings.ContainsRune(plainVowels, r) }

func (s *strokes) hasVowel() bool { return slices.ContainsFunc(s.letters, isVowel) }

func (s *strokes) setTone(tone rune) bool {
	fresh := s.tone == 0
	s.tone, s.used = tone, true
	return fresh
}

// mark turns the last such letter into its marked form; d only at the beginning.
func (s *strokes) mark(letter, marked rune) bool {
	for i, r := range slices.Backward(s.letters) {
		if r == letter && (letter != 'd' || i == 0) {
			s.letters[i], s.used = marked, true
			return true
		}
	}
	return false
}

// horn turns uo into ươ, ua into ưa, and else the last o, u or a into ơ, ư, ă.
func (s *strokes) horn() bool {
	for i, r := range slices.Backward(s.letters) {
		freeU := i > 0 && s.letters[i-1] == 'u' && (i < 2 || s.letters[i-2] != 'q')
		switch {
		case r == 'o' && freeU:
			s.letters[i-1], s.letters[i] = 'ư', 'ơ'
		case r == 'a' && freeU:
			s.letters[i-1] = 'ư'
		case r == 'o':
			s.letters[i] = 'ơ'
		case r == 'u':
			s.letters[i] = 'ư'
		case r == 'a':
			s.letters[i] = 'ă'
		default:
			continue
		}
		s.used = true
		return true
	}
	return false
}

// syllable puts the letters and the tone together.
func (s *strokes) syllable() (string, bool) {
	if !s.used || !s.hasVowel() {
		return "", false
	}
	for i := 1; i+1 < len(s.letters); i++ { // ưo before a consonant is only ever ươ
		if s.letters[i-1] == 'ư' && s.letters[i] == 'o' {
			s.letters[i] = 'ơ'
		}
	}
	if s.tone != 0 {
		s.letters = slices.Insert(s.letters, s.toneAt()+1, s.tone)
	}
	return viet.NFC(string(s.letters)), true
}

// toneAt is the vowel that carries the tone.
func (s *strokes) toneAt() int {
	at := func(i int) rune {
		if i < 0 || i >= len(s.letters) {
			return 0
		}
		return s.letters[i]
	}
	first := slices.IndexFunc(s.letters, isVowel)
	if isVowel(at(first+1)) && (at(first-1) == 'q' && at(first) == 'u' || at(first-1) == 'g' && at(first) == 'i') {
		first++ // part of the consonant
	}
	last := first
	for isVowel(at(last + 1)) {
		last++
	}
	for i := last; i >= first; i-- {
		if strings.ContainsRune(markedVowels, s.letters[i]) {
			return i
		}
	}
	if last-first == 1 && at(last+1) == 0 {
		return first
	}
	return min(first+1, last)
}
