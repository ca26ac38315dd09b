package content

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// receiptLetters leave out what is mistaken on paper and on the telephone.
// There are 32, so that five bits make one.
const receiptLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

const (
	receiptLength = 12 // letters of a code: 60 bits
	receiptGroup  = 4  // letters between dashes
	formBytes     = 16 // random bytes of a form's id
)

// NewInquiryForm makes the id of one form for a question. Only the page that
// holds the form knows it: the receipt code follows from it, so that the same
// form sent again is shown the same code, and nothing that is stored opens it.
func NewInquiryForm() string {
	var raw [formBytes]byte
	_, _ = rand.Read(raw[:]) // never fails since Go 1.24
	return hex.EncodeToString(raw[:])
}

// receiptOf gives the code that belongs to a form: "" when the form's id was not
// made by NewInquiryForm.
func receiptOf(form string) string {
	if raw, err := hex.DecodeString(form); err != nil || len(raw) != formBytes || strings.ToLower(form) != form {
		return ""
	}
	sum := sha256.Sum256([]byte("receipt of form " + form))
	letters := make([]byte, receiptLength)
	for i := range letters {
		letters[i] = receiptLetters[sum[i]%byte(len(receiptLetters))]
	}
	return dashed(string(letters))
}

func dashed(letters string) string {
	var groups []string
	for len(letters) > receiptGroup {
		groups, letters = append(groups, letters[:receiptGroup]), letters[receiptGroup:]
	}
	return strings.Join(append(groups, letters), "-")
}

// ReadReceipt gives a receipt code as it was shown, however it was typed: small
// letters, without dashes, with blanks. "" when it is none.
func ReadReceipt(typed string) string {
	var letters strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case r == '-' || r == '–' || r == '.' || r == ' ' || r == '\u00a0' || r == '\t' || r == '\n' || r == '\r':
			continue
		case letters.Len() == receiptLength || !strings.ContainsRune(receiptLetters, r):
			return ""
		}
		letters.WriteRune(r)
	}
	if letters.Len() != receiptLength {
		return ""
	}
	return dashed(letters.String())
}

// receiptHash is what is stored of a code.
func receiptHash(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}
