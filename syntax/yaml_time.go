package syntax

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// yamlTime is a date, or a date and time, as Python's datetime can hold it.
type yamlTime struct {
	time     time.Time
	dateOnly bool
	zone     bool
}

var yamlTimeParts = pattern(`^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})` +
	`(?:(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?` +
	`(?:[ \t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)?$`)

func parseYAMLTime(s string) (t yamlTime, ok bool) {
	m := yamlTimeParts().FindStringSubmatch(s)
	if m == nil {
		return t, false
	}
	number := func(i int) int {
		n, _ := strconv.Atoi(m[i])
		return n
	}
	year, month, day := number(1), number(2), number(3)
	hour, minute, second := number(4), number(5), number(6)
	fraction, _ := strconv.Atoi((m[7] + "000000")[:6])
	t.dateOnly, t.zone = m[4] == "", m[8] != ""
	zone := time.UTC
	if m[9] != "" {
		offset := (number(10)*60 + number(11)) * 60
		if offset >= 24*60*60 {
			return t, false
		}
		if m[9] == "-" {
			offset = -offset
		}
		zone = time.FixedZone("", offset)
	}
	t.time = time.Date(year, time.Month(month), day, hour, minute, second, fraction*1000, zone)
	// A day or an hour that does not exist comes out as another one.
	ok = year > 0 && month >= 1 && month <= 12 && t.time.Day() == day && hour < 24 && minute < 60 && second < 60
	return t, ok
}

// decodeBase64 decodes as leniently as Python: what is no digit is skipped, and the first complete padding ends
// the text.
func decodeBase64(s string) ([]byte, bool) {
	if strings.IndexFunc(s, func(c rune) bool { return c > unicode.MaxASCII }) >= 0 {
		return nil, false
	}
	var digits []byte
	pads := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '=':
			if rest := len(digits) % 4; rest >= 2 {
				if pads++; rest+pads >= 4 {
					return decodeDigits(digits)
				}
			}
		case strings.IndexByte("+/", c) >= 0 || yamlBytes[c]&yamlNameByte != 0 && c != '-' && c != '_':
			digits = append(digits, c)
			pads = 0
		}
	}
	if len(digits)%4 != 0 {
		return nil, false
	}
	return decodeDigits(digits)
}

func decodeDigits(digits []byte) ([]byte, bool) {
	decoded, err := base64.RawStdEncoding.DecodeString(string(digits))
	return decoded, err == nil
}
