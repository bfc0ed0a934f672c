package ring

import (
	"slices"
	"testing"
)

func TestPushAndPop(t *testing.T) {
	b := New(3)
	b.Push(1)
	b.Push(2)
	if v, ok := b.Pop(); v != 1 || !ok {
		t.Error(v, ok)
	}
	if !slices.Equal(b.Values(), []int{2}) {
		t.Error(b.Values())
	}
}
