package store

import (
	"database/sql"
	"database/sql/driver"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// codec moves the values of one column type from a row into a dump and back.
type codec struct {
	cell   func() any               // to scan into; a driver.Valuer
	decode func(v any) (any, error) // of what encoding/json read
}

// codecs has the closed list of column types.
var codecs = map[string]codec{
	"TEXT":             {func() any { return new(sql.NullString) }, decodeText},
	"BIGINT":           {func() any { return new(sql.NullInt64) }, decodeInt},
	"BOOLEAN":          {func() any { return new(sql.NullBool) }, decodeBool},
	"DOUBLE PRECISION": {func() any { return new(sql.NullFloat64) }, decodeFloat},
	"BYTEA":            {func() any { return new(sql.Null[[]byte]) }, decodeBytes},
}

// encodeCell gives what encoding/json should write for a scanned cell: bytes
// become base64 there.
func encodeCell(cell any) (any, error) {
	v, err := cell.(driver.Valuer).Value()
	if s, ok := v.(string); ok && !utf8.ValidString(s) {
		return nil, fmt.Errorf("text %.20q is not UTF-8", s)
	}
	return v, err
}

func decodeText(v any) (any, error) {
	s, ok := v.(string)
	if !ok {
		return nil, fmt.Errorf("%T instead of a text", v)
	}
	return s, nil
}

func decodeInt(v any) (any, error) {
	n, ok := v.(json.Number)
	if !ok {
		return nil, fmt.Errorf("%T instead of a number", v)
	}
	return n.Int64()
}

func decodeFloat(v any) (any, error) {
	n, ok := v.(json.Number)
	if !ok {
		return nil, fmt.Errorf("%T instead of a number", v)
	}
	return n.Float64()
}

func decodeBool(v any) (any, error) {
	b, ok := v.(bool)
	if !ok {
		return nil, fmt.Errorf("%T instead of true or false", v)
	}
	return b, nil
}

func decodeBytes(v any) (any, error) {
	s, ok := v.(string)
	if !ok {
		return nil, fmt.Errorf("%T instead of base64", v)
	}
	return base64.StdEncoding.Strict().DecodeString(s)
}
