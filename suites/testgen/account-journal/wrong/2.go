package journal

import "testing"

func TestErrorsAreBare(t *testing.T) {
	j := New()
	j.Open("a", 0)
	j.Open("b", 0)
	j.Post("", Entry{"a", 0}, Entry{"b", 0})
	if _, err := j.Reverse(1); err != ErrPosting {
		t.Error(err)
	}
	j.Open("c", 5)
	j.Post("", Entry{"c", -5}, Entry{"b", 5})
	j.Reverse(1)
	if _, err := j.Reverse(1); err != ErrPosting {
		t.Error(err)
	}
}
