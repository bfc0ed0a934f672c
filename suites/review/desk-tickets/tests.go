package desk

import (
	"errors"
	"strings"
	"testing"
)

func filled(t *testing.T) *Desk {
	t.Helper()
	d := New()
	records := []Record{{"c", 10, false}, {"b", 10, false}, {"u", 50, true}, {"a", 20, false}, {"v", 50, true}}
	if n, err := d.Load(records); n != 5 || err != nil {
		t.Fatal(n, err)
	}
	return d
}

func order(t *testing.T, d *Desk, now int) string {
	t.Helper()
	var ids strings.Builder
	for {
		id, err := d.Next(now)
		if err != nil {
			if err != ErrNone {
				t.Error(err)
			}
			return ids.String()
		}
		ids.WriteString(id)
	}
}

func TestOrder(t *testing.T) {
	for now, want := range map[int]string{60: "uvbca", 69: "uvbca", 70: "bcuva", 80: "bcauv"} {
		for range 20 {
			if got := order(t, filled(t), now); got != want {
				t.Errorf("at %d: %s, not %s", now, got, want)
			}
		}
	}
}

func TestStates(t *testing.T) {
	d := filled(t)
	if err := d.Close("u"); err != ErrState {
		t.Error(err)
	}
	if err := d.Return("x"); err != ErrUnknown {
		t.Error(err)
	}
	id, _ := d.Next(60)
	if err := d.Return(id); err != nil || d.Waiting() != 5 {
		t.Error(err, d.Waiting())
	}
	again, _ := d.Next(60)
	if err := d.Close(again); err != nil || id != again || d.Waiting() != 4 {
		t.Error(err, id, again, d.Waiting())
	}
	if err := d.Open(id, 99, true); err != ErrUsed {
		t.Error(err)
	}
}

func TestLoad(t *testing.T) {
	d := New()
	n, err := d.Load([]Record{{"a", 1, false}, {"a", 2, false}, {"b", 3, false}})
	if n != 1 || !errors.Is(err, ErrUsed) || !strings.Contains(err.Error(), "a") || d.Waiting() != 1 {
		t.Error(n, err, d.Waiting())
	}
}
