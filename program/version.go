package program

import (
	"fmt"
	"slices"
)

// Version is a release of the machine, 0.8.x.
type Version uint8

// The releases at which the machine changed its moves.
const (
	V080 Version = 0
	V087 Version = 7 // next_step works however a step was entered
	V088 Version = 8

	Newest = V088
)

func (v Version) String() string { return fmt.Sprintf("0.8.%d", uint8(v)) }

// Versions are all releases that nanolint knows, oldest first.
func Versions() []Version {
	var all []Version
	for v := V080; v <= Newest; v++ {
		all = append(all, v)
	}
	return all
}

// ParseVersion reads "0.8.7".
func ParseVersion(s string) (Version, error) {
	for _, v := range slices.Backward(Versions()) {
		if v.String() == s {
			return v, nil
		}
	}
	return 0, fmt.Errorf("unknown version %q of llm-nano-vm: want %s to %s", s, V080, Newest)
}
