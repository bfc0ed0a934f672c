package timers

import (
	"errors"
	"reflect"
	"testing"
)

func goes(t *testing.T, c *Clock, now int, want ...Fired) {
	t.Helper()
	got := c.Advance(now)
	if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("at %d went off %v, not %v", now, got, want)
	}
}

func state(t *testing.T, c *Clock, pending, next int) {
	t.Helper()
	got, there := c.Next()
	if c.Pending() != pending || there != (pending > 0) || got != next {
		t.Errorf("%d pending, next %d %v; not %d, %d", c.Pending(), got, there, pending, next)
	}
}

func TestAt(t *testing.T) {
	c := &Clock{}
	state(t, c, 0, 0)
	if a, b, d := c.At(5, "a"), c.At(3, "b"), c.At(5, "d"); a != 1 || b != 2 || d != 3 {
		t.Errorf("numbers %d, %d, %d", a, b, d)
	}
	state(t, c, 3, 3)
	goes(t, c, 2)
	goes(t, c, 3, Fired{2, "b", 3})
	goes(t, c, 3)
	state(t, c, 2, 5)
	c.At(1, "late")
	state(t, c, 3, 3)
	goes(t, c, 2)
	goes(t, c, 9, Fired{4, "late", 1}, Fired{1, "a", 5}, Fired{3, "d", 5})
	c.At(9, "now")
	goes(t, c, 9, Fired{5, "now", 9})
	state(t, c, 0, 0)
}

func TestEvery(t *testing.T) {
	c := &Clock{}
	for _, period := range []int{0, -1} {
		if n, err := c.Every(1, period, "x"); n != 0 || !errors.Is(err, ErrPeriod) {
			t.Errorf("%d, %v", n, err)
		}
	}
	if n, err := c.Every(2, 3, "a"); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	c.At(5, "b")
	if n, err := c.Every(5, 1, "c"); n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	goes(t, c, 6, Fired{1, "a", 2}, Fired{1, "a", 5}, Fired{2, "b", 5}, Fired{3, "c", 5}, Fired{3, "c", 6})
	state(t, c, 2, 7)
	goes(t, c, 8, Fired{3, "c", 7}, Fired{1, "a", 8}, Fired{3, "c", 8})
}

func TestCancel(t *testing.T) {
	c := &Clock{}
	c.At(1, "a")
	c.Every(2, 2, "b")
	c.At(3, "c")
	if c.Cancel(0) || c.Cancel(4) || !c.Cancel(3) || c.Cancel(3) {
		t.Error("cancelled")
	}
	goes(t, c, 2, Fired{1, "a", 1}, Fired{2, "b", 2})
	if c.Cancel(1) || !c.Cancel(2) {
		t.Error("cancelled")
	}
	goes(t, c, 9)
	state(t, c, 0, 0)
}

func TestSnooze(t *testing.T) {
	c := &Clock{}
	c.At(4, "a")
	c.Every(2, 3, "b")
	c.At(6, "c")
	if err := c.Snooze(1, 0); !errors.Is(err, ErrPeriod) {
		t.Error(err)
	}
	if err := c.Snooze(9, 1); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	if c.Snooze(1, 2) != nil || c.Snooze(2, 1) != nil {
		t.Error("they are to come")
	}
	state(t, c, 3, 3)
	goes(t, c, 6, Fired{2, "b", 3}, Fired{1, "a", 6}, Fired{2, "b", 6}, Fired{3, "c", 6})
	if err := c.Snooze(1, 1); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	state(t, c, 1, 9)
}
