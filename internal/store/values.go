package store

import (
	"database/sql/driver"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"sotay/internal/fault"
)

// plainValues turns arguments into what both drivers bind alike: string, int64,
// bool, float64, []byte or nil. Types made of these are taken for them. Text that
// no engine takes came from outside, past every gate: whoever sent it is told.
func plainValues(args []any) ([]any, error) {
	values := make([]any, len(args))
	for i, arg := range args {
		v, err := driver.DefaultParameterConverter.ConvertValue(arg)
		if err == nil {
			v, err = plainValue(v)
		}
		if err != nil {
			return nil, fmt.Errorf("argument $%d: %w", i+1, err)
		}
		values[i] = v
	}
	return values, nil
}

func plainValue(v driver.Value) (any, error) {
	switch v := v.(type) {
	case string:
		if !utf8.ValidString(v) || strings.IndexByte(v, 0) >= 0 {
			return nil, fault.Invalid("Có ký tự không đọc được. Hãy xóa ký tự lạ rồi gửi lại.")
		}
	case time.Time:
		return nil, fmt.Errorf("a time.Time: pass store.Millis of it")
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("the number %v can't be stored", v)
		}
	case []byte:
		if v == nil {
			return []byte{}, nil // nil would be NULL
		}
	}
	return v, nil
}
