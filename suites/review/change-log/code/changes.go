package changes

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// ErrConflict says that a change does not fit.
var ErrConflict = errors.New("the change does not fit")

// Kind is what happened to a name.
type Kind int

// The kinds of changes.
const (
	Added Kind = iota
	Removed
	Changed
)

// Change is what happened to one name.
type Change struct {
	Name     string
	Kind     Kind
	Old, New string
}

// Diff compares two versions.
func Diff(before, after map[string]string) []Change {
	changes := []Change{}
	for _, name := range names(before, after) {
		old, was := before[name]
		text, is := after[name]
		switch {
		case !was:
			changes = append(changes, Change{name, Added, "", text})
		case !is:
			changes = append(changes, Change{name, Removed, old, ""})
		case old != text:
			changes = append(changes, Change{name, Changed, old, text})
		}
	}
	return changes
}

// Apply makes changes.
func Apply(values map[string]string, changes []Change) (map[string]string, error) {
	result := map[string]string{}
	maps.Copy(result, values) // maps.Clone keeps nil, which cannot be written to
	for _, change := range changes {
		old, is := result[change.Name]
		if is == (change.Kind == Added) || (is && old != change.Old) {
			return nil, fmt.Errorf("%s: %w", change.Name, ErrConflict)
		}
		if change.Kind == Removed {
			delete(result, change.Name)
		} else {
			result[change.Name] = change.New
		}
	}
	return result, nil
}

// Undo turns changes round.
func Undo(changes []Change) []Change {
	back := make([]Change, 0, len(changes))
	for _, change := range slices.Backward(changes) {
		kind := change.Kind
		switch kind {
		case Added:
			kind = Removed
		case Removed:
			kind = Added
		}
		back = append(back, Change{change.Name, kind, change.New, change.Old})
	}
	return back
}

// Merge makes the changes of two sides.
func Merge(base, ours, theirs map[string]string) (map[string]string, []string) {
	merged, conflicts := map[string]string{}, []string{}
	for _, name := range names(base, ours, theirs) {
		from := base
		switch {
		case same(ours, theirs, name), same(base, theirs, name):
			from = ours
		case same(base, ours, name):
			from = theirs
		default:
			conflicts = append(conflicts, name)
		}
		if text, is := from[name]; is {
			merged[name] = text
		}
	}
	return merged, conflicts
}

func same(one, other map[string]string, name string) bool {
	a, inOne := one[name]
	b, inOther := other[name]
	// an empty text is not the same as none
	return a == b && inOne == inOther
}

func names(versions ...map[string]string) []string {
	all := map[string]bool{}
	for _, version := range versions {
		for name := range version {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}
