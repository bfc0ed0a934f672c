package bus

import (
	"errors"
	"testing"
)

var (
	one = errors.New("one")
	two = errors.New("two")
)

func ok(string, string) error { return nil }

func failing(err error) Handler { return func(string, string) error { return err } }

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, topic string
		count          int
	}{
		{"a.b", "a.b", 1}, {"a.b", "a.bc", 0}, {"a.b", "A.B", 0}, {"a.*", "a.b", 1}, {"a.*", "a.b.c", 1}, {"a.*", "a.", 0}, {"a.*", "a", 0},
		{"a.*", "b.a.c", 0}, {"*", "x", 1}, {"*", "a.b", 1}, {"a*", "ab", 0}, {"a*", "a*", 1},
	} {
		b := New()
		b.Subscribe(c.pattern, ok)
		if got := b.Count(c.topic); got != c.count {
			t.Errorf("%v: %d", c, got)
		}
		if n, err := b.Publish(c.topic, ""); n != c.count || err != nil {
			t.Errorf("%v: %d, %v", c, n, err)
		}
	}
}

func TestOrderAndWhatIsPassed(t *testing.T) {
	b, seen := New(), ""
	for _, name := range []string{"x", "y", "z"} {
		b.Subscribe("*", func(topic, text string) error {
			seen += name + ":" + topic + "=" + text + " "
			return nil
		})
	}
	if n, err := b.Publish("t", "hi"); n != 3 || err != nil || seen != "x:t=hi y:t=hi z:t=hi " {
		t.Error(n, err, seen)
	}
}

func TestNumbers(t *testing.T) {
	b := New()
	if first, second := b.Subscribe("a", ok), b.Subscribe("a", ok); first != 1 || second != 2 {
		t.Error(first, second)
	}
	if b.Unsubscribe(0) || !b.Unsubscribe(1) || b.Unsubscribe(1) || b.Unsubscribe(7) {
		t.Error("unsubscribed wrongly")
	}
	if n := b.Subscribe("a", ok); n != 3 || b.Count("a") != 2 {
		t.Error(n, b.Count("a"))
	}
	if !b.Unsubscribe(3) || !b.Unsubscribe(2) || b.Subscribe("a", ok) != 4 {
		t.Error("numbers come again")
	}
}

func TestErrors(t *testing.T) {
	b, reached := New(), false
	b.Subscribe("a", failing(one))
	b.Subscribe("a", failing(two))
	b.Subscribe("a", func(string, string) error { reached = true; return nil })
	n, err := b.Publish("a", "")
	if n != 3 || !errors.Is(err, one) || !errors.Is(err, two) || !reached {
		t.Error(n, err, reached)
	}
}

func TestChangesDuringACall(t *testing.T) {
	b, late, gone := New(), 0, 0
	b.Subscribe("a", func(string, string) error {
		b.Unsubscribe(2)
		if late == 0 {
			b.Subscribe("a", func(string, string) error { late++; return nil })
		}
		return nil
	})
	b.Subscribe("a", func(string, string) error { gone++; return nil })
	if n, _ := b.Publish("a", ""); n != 1 || late != 0 || gone != 0 {
		t.Error(n, late, gone)
	}
	if n, _ := b.Publish("a", ""); n != 2 || late != 1 || gone != 0 {
		t.Error(n, late, gone)
	}
}
