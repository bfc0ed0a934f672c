package ranks

import (
	"slices"
	"testing"
)

var scores = map[string]int{"dan": 7, "ann": 9, "cy": 7, "bo": 12, "eve": 7, "flo": 1}

var want = []Row{{1, "bo", 12}, {2, "ann", 9}, {3, "cy", 7}, {3, "dan", 7}, {3, "eve", 7}, {6, "flo", 1}}

func TestRank(t *testing.T) {
	if got := Rank(scores); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := Rank(nil); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

func TestTop(t *testing.T) {
	for n, count := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 2, 3: 5, 5: 5, 6: 6, 99: 6} {
		if got := Top(want, n); !slices.Equal(got, want[:count]) {
			t.Errorf("%d: %v", n, got)
		}
	}
}

func TestMedal(t *testing.T) {
	for place, want := range map[int]string{0: "", 1: "gold", 2: "silver", 3: "bronze", 4: "", 5: ""} {
		if got := Medal(place); got != want {
			t.Errorf("%d: %q", place, got)
		}
	}
}

func TestAhead(t *testing.T) {
	for name, points := range map[string]int{"bo": 0, "ann": 3, "cy": 2, "dan": 2, "eve": 2, "flo": 6, "nobody": 0} {
		if got := Ahead(want, name); got != points {
			t.Errorf("%s: %d", name, got)
		}
	}
	if got := Ahead(nil, "bo"); got != 0 {
		t.Error(got)
	}
}
