package cores_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cores"
)

// A panic beside others comes to the one who asked, when all have ended, and says what and where.
func TestPanic(t *testing.T) {
	var ended bool
	defer func() {
		said := fmt.Sprint(recover())
		if !strings.HasPrefix(said, "no such step") || !strings.Contains(said, "cores_test.go") || !ended {
			t.Errorf("panics with %q, all ended: %v", said, ended)
		}
	}()
	cores.Do(func() { panic("no such step") }, func() { ended = true })
}
