// Package three merges two changed copies of a document.
package three

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

type absent struct{}

// Absent stands for a value that is not there.
var Absent any = absent{}

// Conflict is a place that was changed in two ways.
type Conflict struct {
	Path               string
	Base, Ours, Theirs any
}

// Merge brings two copies of base together.
func Merge(base, ours, theirs any) (any, []Conflict) {
	var m merger
	result := m.merge(nil, base, ours, theirs)
	slices.SortFunc(m.conflicts, func(a, b Conflict) int { return cmp.Compare(a.Path, b.Path) })
	return result, m.conflicts
}

type merger struct{ conflicts []Conflict }

func (m *merger) merge(path []string, base, ours, theirs any) any {
	switch {
	case reflect.DeepEqual(ours, theirs), reflect.DeepEqual(theirs, base), theirs == Absent:
		return clone(ours)
	case reflect.DeepEqual(ours, base):
		return clone(theirs)
	}
	ourMap, isMap := ours.(map[string]any)
	theirMap, alsoMap := theirs.(map[string]any)
	if isMap && alsoMap {
		baseMap, _ := base.(map[string]any)
		return m.maps(path, baseMap, ourMap, theirMap)
	}
	ourRecords, isRecords := records(ours)
	theirRecords, alsoRecords := records(theirs)
	baseRecords, _ := records(base)
	if _, baseIsList := base.([]any); isRecords && alsoRecords && (baseRecords != nil || !baseIsList) {
		return m.lists(path, baseRecords, ourRecords, theirRecords)
	}
	m.conflicts = append(m.conflicts, Conflict{strings.Join(path, "/"), clone(base), clone(ours), clone(theirs)})
	return clone(ours)
}

func (m *merger) maps(path []string, base, ours, theirs map[string]any) any {
	result := map[string]any{}
	for _, side := range []map[string]any{ours, theirs} {
		for key := range side {
			if _, done := result[key]; !done {
				result[key] = m.merge(below(path, escape(key)), at(base, key), at(ours, key), at(theirs, key))
			}
		}
	}
	for key, value := range result {
		if value == Absent {
			delete(result, key)
		}
	}
	return result
}

// lists merges lists of records.
func (m *merger) lists(path []string, base, ours, theirs *list) any {
	if base == nil {
		base = &list{}
	}
	merged := map[string]any{}
	for _, id := range append(slices.Clone(ours.ids), theirs.ids...) {
		if _, done := merged[id]; !done {
			merged[id] = m.merge(
				below(path, "["+escape(id)+"]"), at(base.byID, id), at(ours.byID, id), at(theirs.byID, id),
			)
		}
	}
	for id, record := range merged {
		if record == Absent {
			delete(merged, id)
		}
	}
	first, second := ours, theirs
	original := shared(base, ours, theirs)
	if slices.Equal(shared(ours, base, theirs), original) && !slices.Equal(shared(theirs, base, ours), original) {
		first, second = theirs, ours
	}
	result := []any{}
	for _, id := range order(first.ids, second.ids, merged) {
		result = append(result, merged[id])
	}
	return result
}

// order is that of the first, with what only the second has behind what stands before it there.
func order(first, second []string, merged map[string]any) []string {
	in := func(id string) bool { _, there := merged[id]; return there }
	var ids []string
	for _, id := range first {
		if in(id) {
			ids = append(ids, id)
		}
	}
	place := 0
	for _, id := range second {
		if !in(id) {
			continue
		}
		if i := slices.Index(ids, id); i >= 0 {
			place = i + 1
			continue
		}
		ids = slices.Insert(ids, place, id)
		place++
	}
	return ids
}

// shared are the ids that all three lists have, in the order of the first.
func shared(a, b, c *list) []string {
	var ids []string
	for _, id := range a.ids {
		if b.byID[id] != nil && c.byID[id] != nil {
			ids = append(ids, id)
		}
	}
	return ids
}

type list struct {
	ids  []string
	byID map[string]any
}

// records are those of a list of records.
func records(value any) (*list, bool) {
	items, isList := value.([]any)
	if !isList {
		return nil, false
	}
	l := &list{byID: map[string]any{}}
	for _, item := range items {
		id, isRecord := idOf(item)
		if _, twice := l.byID[id]; !isRecord || twice {
			return nil, false
		}
		l.ids = append(l.ids, id)
		l.byID[id] = item
	}
	return l, true
}

func idOf(item any) (string, bool) {
	record, _ := item.(map[string]any)
	id, isText := record["id"].(string)
	return id, isText
}

func at(values map[string]any, key string) any {
	if value, there := values[key]; there {
		return value
	}
	return Absent
}

func below(path []string, part string) []string {
	return append(slices.Clone(path), part)
}

var escapes = strings.NewReplacer("~", "~0", "/", "~1", "[", "~2")

func escape(key string) string { return escapes.Replace(key) }

func clone(value any) any {
	switch v := value.(type) {
	case map[string]any:
		copied := make(map[string]any, len(v))
		for key, each := range v {
			copied[key] = clone(each)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, each := range v {
			copied[i] = clone(each)
		}
		return copied
	}
	return value
}
