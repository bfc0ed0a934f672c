package journal

import "testing"

func TestPostAndReverse(t *testing.T) {
	j := New()
	j.Open("a", 100)
	j.Open("b", 0)
	if n, err := j.Post("rent", Entry{"a", -50}, Entry{"b", 50}); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if n, err := j.Reverse(1); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if got, _ := j.Balance("b"); got != 0 {
		t.Error(got)
	}
}
