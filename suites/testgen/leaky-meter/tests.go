package meter

import (
	"errors"
	"testing"
)

func filled(t *testing.T, capacity, rate, at, units int) *Meter {
	t.Helper()
	m, err := New(capacity, rate)
	if err != nil {
		t.Fatal(err)
	}
	if units > 0 {
		add(t, m, at, units, true)
	}
	return m
}

func add(t *testing.T, m *Meter, now, units int, want bool) {
	t.Helper()
	if got, err := m.Add(now, units); err != nil || got != want {
		t.Fatalf("Add(%d, %d) is %v, %v", now, units, got, err)
	}
}

func level(t *testing.T, m *Meter, now, want int) {
	t.Helper()
	if got := m.Level(now); got != want {
		t.Errorf("Level(%d) is %d, not %d", now, got, want)
	}
}

func TestNew(t *testing.T) {
	for _, c := range [][2]int{{0, 1}, {1, 0}, {-1, 1}, {1, -1}} {
		if m, err := New(c[0], c[1]); !errors.Is(err, ErrInvalid) || m != nil {
			t.Errorf("New(%v) is %v, %v", c, m, err)
		}
	}
	level(t, filled(t, 1, 1, 0, 0), 0, 0)
}

func TestFull(t *testing.T) {
	m := filled(t, 5, 1, 0, 5)
	add(t, m, 0, 1, false)
	level(t, m, 0, 5)
	add(t, m, 1, 1, true)
	level(t, m, 1, 5)
}

func TestAddsUp(t *testing.T) {
	m := filled(t, 5, 1, 3, 2)
	add(t, m, 3, 2, true)
	level(t, m, 3, 4)
	add(t, m, 3, 2, false)
	level(t, m, 3, 4)
}

func TestLeaks(t *testing.T) {
	m := filled(t, 9, 2, 0, 9)
	level(t, m, 2, 5)
	level(t, m, 9, 0)
	add(t, m, 2, 4, true)
	level(t, m, 3, 7)
	level(t, m, 1, 9)
	add(t, m, 9, 9, true)
}

func TestErrors(t *testing.T) {
	m := filled(t, 5, 1, 3, 1)
	for _, units := range []int{0, -1} {
		if ok, err := m.Add(9, units); ok || !errors.Is(err, ErrInvalid) {
			t.Errorf("Add(9, %d) is %v, %v", units, ok, err)
		}
	}
	if ok, err := m.Add(2, 1); ok || !errors.Is(err, ErrClock) {
		t.Errorf("Add(2, 1) is %v, %v", ok, err)
	}
	level(t, m, 3, 1)
}

func TestWait(t *testing.T) {
	m := filled(t, 9, 2, 0, 9)
	for _, c := range []struct{ now, units, want int }{
		{0, 10, -1}, {0, 9, 5}, {0, 4, 2}, {0, 3, 2}, {0, 1, 1}, {2, 4, 0}, {2, 5, 1}, {9, 9, 0},
	} {
		if got := m.Wait(c.now, c.units); got != c.want {
			t.Errorf("Wait(%d, %d) is %d, not %d", c.now, c.units, got, c.want)
		}
	}
}
