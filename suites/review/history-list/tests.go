package history

import (
	"slices"
	"testing"
)

func filled(most int, lines ...string) *History {
	h := New(most)
	for _, line := range lines {
		h.Add(line)
	}
	return h
}

func expect(t *testing.T, h *History, want ...string) {
	t.Helper()
	if got := h.Lines(); !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestAdd(t *testing.T) {
	expect(t, filled(3, "a", "a", "", "b", "a", "c"), "b", "a", "c")
	h := filled(3, "a", "b")
	h.Lines()[0] = "x"
	expect(t, h, "a", "b")
}

func TestBefore(t *testing.T) {
	h := filled(9, "ab", "cd", "ae")
	for _, c := range []struct {
		prefix string
		at     int
		line   string
		found  int
	}{{"a", 99, "ae", 2}, {"a", 2, "ab", 0}, {"a", 0, "", -1}, {"", 1, "ab", 0}, {"x", 3, "", -1}} {
		if line, at := h.Before(c.prefix, c.at); line != c.line || at != c.found {
			t.Errorf("%v: %q %d", c, line, at)
		}
	}
}

func TestInsert(t *testing.T) {
	h := filled(5, "a", "b", "c")
	given := make([]string, 2, 9)
	given[0], given[1] = "x", "y"
	h.Insert(1, given...)
	expect(t, h, "a", "x", "y", "b", "c")
	if got := given[:3][2]; got != "" {
		t.Error(got)
	}
	h.Insert(5, "z")
	expect(t, h, "x", "y", "b", "c", "z")
	h.Insert(6, "no")
	h.Insert(-1, "no")
	expect(t, h, "x", "y", "b", "c", "z")
}

func TestDrop(t *testing.T) {
	h := filled(9, "a", "b", "a", "c")
	if n := h.Drop("a"); n != 2 {
		t.Error(n)
	}
	expect(t, h, "b", "c")
}
