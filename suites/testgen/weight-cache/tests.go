package shelf

import (
	"slices"
	"testing"
)

func filled(most int, weights ...int) *Shelf {
	s := New(most)
	for i, weight := range weights {
		s.Put(string(rune('a'+i)), weight, i)
	}
	return s
}

func has(t *testing.T, s *Shelf, weight int, names ...string) {
	t.Helper()
	if got := s.Names(); !slices.Equal(got, names) || s.Weight() != weight {
		t.Errorf("%v of %d, not %v of %d", got, s.Weight(), names, weight)
	}
}

func TestPut(t *testing.T) {
	has(t, New(5), 0)
	has(t, filled(5, 2, 3), 5, "b", "a")
	has(t, filled(5, 2, 2, 2), 4, "c", "b")
	has(t, filled(5, 1, 1, 5), 5, "c")
	has(t, filled(5, 0, -4), 2, "b", "a")
	s := filled(5, 2, 2)
	if !s.Put("a", 3, "new") {
		t.Error("it fits")
	}
	has(t, s, 5, "a", "b")
	if value, ok := s.Peek("a"); !ok || value != "new" {
		t.Errorf("%v", value)
	}
	if s.Put("a", 6, 0) || s.Put("z", 9, 0) {
		t.Error("too heavy")
	}
	has(t, s, 2, "b")
	if s.Put("x", 5, 0); s.Weight() != 5 {
		t.Error("as heavy as allowed")
	}
}

func TestUse(t *testing.T) {
	s := filled(6, 2, 2, 2)
	if value, ok := s.Get("a"); !ok || value != 0 {
		t.Errorf("%v %v", value, ok)
	}
	has(t, s, 6, "a", "c", "b")
	if value, ok := s.Peek("b"); !ok || value != 1 {
		t.Errorf("%v %v", value, ok)
	}
	has(t, s, 6, "a", "c", "b")
	s.Put("d", 1, 3)
	has(t, s, 5, "d", "a", "c")
	if value, ok := s.Peek("b"); ok || value != nil {
		t.Error("b is gone")
	}
	if value, ok := s.Get("b"); ok || value != nil {
		t.Error("b is gone")
	}
	s.Get("c")
	has(t, s, 5, "c", "d", "a")
	if hits, misses := s.Stats(); hits != 2 || misses != 1 {
		t.Errorf("%d hits, %d misses", hits, misses)
	}
}

func TestResize(t *testing.T) {
	s := filled(6, 2, 2, 2)
	if gone := s.Resize(4); gone != 1 {
		t.Errorf("%d went", gone)
	}
	has(t, s, 4, "c", "b")
	if gone := s.Resize(9) + s.Resize(4); gone != 0 {
		t.Errorf("%d went", gone)
	}
	if gone := s.Resize(0); gone != 2 {
		t.Errorf("%d went", gone)
	}
	has(t, s, 0)
	if s.Put("a", 1, 0) {
		t.Error("nothing fits")
	}
	s.Resize(3)
	if !s.Put("a", 3, 0) {
		t.Error("it fits")
	}
}
