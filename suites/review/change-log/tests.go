package changes

import (
	"errors"
	"maps"
	"slices"
	"testing"
)

type values = map[string]string

func TestDiffApplyUndo(t *testing.T) {
	before, after := values{"a": "1", "b": "", "c": "3"}, values{"b": "2", "c": "3", "d": ""}
	changes := Diff(before, after)
	want := []Change{{"a", Removed, "1", ""}, {"b", Changed, "", "2"}, {"d", Added, "", ""}}
	if !slices.Equal(changes, want) {
		t.Error(changes)
	}
	got, err := Apply(before, changes)
	if err != nil || !maps.Equal(got, after) || len(before) != 3 {
		t.Error(got, err)
	}
	back, err := Apply(got, Undo(changes))
	if err != nil || !maps.Equal(back, before) {
		t.Error(back, err)
	}
	twice := []Change{{"a", Changed, "1", "2"}, {"a", Changed, "2", "3"}}
	if got, err := Apply(values{"a": "3"}, Undo(twice)); err != nil || got["a"] != "1" {
		t.Error(got, err)
	}
}

func TestConflicts(t *testing.T) {
	for _, change := range []Change{
		{"a", Added, "", "2"}, {"a", Changed, "2", "3"}, {"a", Removed, "2", ""}, {"b", Removed, "1", ""}, {"b", Changed, "", "1"},
	} {
		if got, err := Apply(values{"a": "1"}, []Change{change}); got != nil || !errors.Is(err, ErrConflict) {
			t.Error(change, got, err)
		}
	}
	if got, err := Apply(nil, []Change{{"a", Added, "", "1"}}); err != nil || got["a"] != "1" {
		t.Error(got, err)
	}
}

func TestMerge(t *testing.T) {
	base := values{"same": "0", "ours": "0", "theirs": "0", "both": "0", "clash": "0", "gone": "0", "empty": ""}
	ours := values{"same": "0", "ours": "1", "theirs": "0", "both": "2", "clash": "1", "gone": "0", "new": "1"}
	theirs := values{"same": "0", "ours": "0", "both": "2", "clash": "2", "new": "2", "empty": ""}
	merged, conflicts := Merge(base, ours, theirs)
	want := values{"same": "0", "ours": "1", "both": "2", "clash": "0"}
	if !maps.Equal(merged, want) || !slices.Equal(conflicts, []string{"clash", "new"}) {
		t.Error(merged, conflicts)
	}
}
