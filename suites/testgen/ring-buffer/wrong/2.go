package ring

import "testing"

func TestFullRefuses(t *testing.T) {
	b := New(1)
	b.Push(1)
	b.Push(2)
	if v, _ := b.At(0); v != 1 {
		t.Error(v)
	}
}
