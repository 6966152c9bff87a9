package value

import (
	"slices"
	"unicode/utf8"
)

// isIn reports whether r belongs to the set with these flips: see testdata/value/unicode.py.
func isIn(flips []rune, r rune) bool {
	_, inside := runStart(flips, r)
	return inside
}

// runStart is the first of the run of members that r belongs to.
func runStart(flips []rune, r rune) (rune, bool) {
	i, found := slices.BinarySearch(flips, r)
	if found {
		i++
	}
	if i%2 == 0 {
		return 0, false
	}
	return flips[i-1], true
}

// IsPrintable reports whether repr prints r as it is.
func IsPrintable(r rune) bool {
	if r < utf8.RuneSelf {
		return ' ' <= r && r < 0x7f
	}
	return isIn(printableFlips[:], r)
}

// IsWord reports whether \w matches r: letters, all kinds of digits and numbers, and the underscore.
func IsWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	}
	return isIn(wordFlips[:], r)
}

// IsSpace reports whether \s matches r.
func IsSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r' || 0x1c <= r && r <= 0x1f
	}
	return isIn(spaceFlips[:], r)
}

// Digit is the value of a decimal digit of any script, which \d matches and int() reads.
func Digit(r rune) (int, bool) {
	if r < utf8.RuneSelf {
		return int(r - '0'), '0' <= r && r <= '9'
	}
	zero, is := runStart(digitFlips[:], r)
	return int(r-zero) % 10, is
}

// Strip is s.strip().
func Strip(s string) string {
	for s != "" {
		r, n := DecodeRune(s)
		if !IsSpace(r) {
			break
		}
		s = s[n:]
	}
	for s != "" { // no space is a surrogate or broken, so the standard decoder serves
		r, n := utf8.DecodeLastRuneInString(s)
		if !IsSpace(r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}
