package shifts

import (
	"slices"
	"testing"
)

func TestShifts(t *testing.T) {
	a, b := Shift{"a", 2, 6}, Shift{"b", 5, 9}
	if Overlap(a, b) != 1 || Overlap(b, Shift{"c", 9, 10}) != 0 {
		t.Error(Overlap(a, b))
	}
	for _, c := range []struct {
		list []Shift
		want int
	}{{nil, 168}, {[]Shift{a}, 168}, {[]Shift{b, a}, -1}, {[]Shift{{"c", 12, 13}, a}, 6}, {[]Shift{{"", 0, 20}, {"", 1, 2}, {"", 22, 23}}, -19}} {
		if got := Rest(c.list); got != c.want {
			t.Errorf("%v: %d", c.list, got)
		}
	}
	if Hours([]Shift{a, b}) != 8 {
		t.Error(Hours([]Shift{a, b}))
	}
}

func TestAssign(t *testing.T) {
	list := []Shift{{"late", 10, 14}, {"early", 0, 4}, {"mid", 5, 9}, {"night", 15, 20}}
	given := slices.Clone(list)
	plan, open := Assign(list, []string{"ann", "bo"}, 8, 5)
	if !slices.Equal(list, given) {
		t.Error("the shifts were changed")
	}
	if !slices.Equal(plan["ann"], []Shift{{"early", 0, 4}, {"late", 10, 14}}) || !slices.Equal(plan["bo"], []Shift{{"mid", 5, 9}}) {
		t.Error(plan)
	}
	if !slices.Equal(open, []string{"night"}) || Fair(plan, []string{"ann", "bo", "cy"}) != 8 || Fair(plan, nil) != 0 {
		t.Error(open, Fair(plan, []string{"ann", "bo", "cy"}))
	}
}

func TestAlone(t *testing.T) {
	plan, open := Assign([]Shift{{"x", 0, 1}, {"y", 0, 1}, {"z", 0, 1}}, []string{"b", "a"}, 9, 0)
	if plan["b"][0].Name != "x" || plan["a"][0].Name != "y" || !slices.Equal(open, []string{"z"}) {
		t.Error(plan, open)
	}
}
