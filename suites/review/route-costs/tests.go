package routes

import (
	"slices"
	"testing"
)

func network() *Network {
	n := New()
	for _, road := range []struct {
		from, to string
		cost     int
	}{{"a", "b", 1}, {"b", "d", 1}, {"a", "c", 1}, {"c", "d", 1}, {"a", "d", 2}, {"d", "e", 0}, {"x", "y", 3}, {"e", "f", 9}, {"f", "a", 5}} {
		n.Add(road.from, road.to, road.cost)
	}
	return n
}

func TestCosts(t *testing.T) {
	n := network()
	n.Add("a", "b", 7)
	n.Add("q", "q", 1)
	n.Add("q", "r", -1)
	for _, c := range []struct {
		from, to string
		want     int
	}{{"a", "d", 2}, {"e", "b", 1}, {"a", "a", 0}, {"a", "x", -1}, {"q", "q", -1}, {"f", "e", 7}, {"a", "b", 1}} {
		if got := n.Cost(c.from, c.to); got != c.want {
			t.Errorf("%v: %d", c, got)
		}
	}
}

func TestPaths(t *testing.T) {
	n := network()
	for range 20 {
		if got := n.Path("a", "e"); !slices.Equal(got, []string{"a", "d", "e"}) {
			t.Error(got)
		}
		if got := n.Path("b", "c"); !slices.Equal(got, []string{"b", "a", "c"}) {
			t.Error(got)
		}
	}
	if n.Path("a", "x") != nil || !slices.Equal(n.Path("x", "x"), []string{"x"}) {
		t.Error("no way, and no step")
	}
}

func TestFarthest(t *testing.T) {
	n := network()
	n.Add("m", "l", 0)
	for place, want := range map[string]string{"a": "f", "b": "f", "x": "y", "l": "l", "m": "l", "none": ""} {
		if got := n.Farthest(place); got != want {
			t.Errorf("%s: %s", place, got)
		}
	}
}
