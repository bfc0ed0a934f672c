package order

import "testing"

func TestNobodyIsAnEmptyList(t *testing.T) {
	g := New()
	g.Add("a")
	if by := g.NeededBy("a"); by == nil {
		t.Error("nil")
	}
}
