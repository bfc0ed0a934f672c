package order

import (
	"slices"
	"testing"
)

func TestChain(t *testing.T) {
	g := New()
	g.Add("c", "b")
	g.Add("b", "a")
	if got, err := g.Order(); err != nil || !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Error(got, err)
	}
	g.Add("a", "c")
	if _, err := g.Order(); err == nil {
		t.Error("a circle")
	}
}
