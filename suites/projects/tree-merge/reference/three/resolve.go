package three

import (
	"fmt"
	"slices"
	"strings"
)

// Resolve puts a value in the place of a conflict.
func Resolve(result any, c Conflict, value any) (any, error) {
	root := map[string]any{"": clone(result)} // the document is a value of a key, too
	parts := []string{""}
	if c.Path != "" {
		parts = append(parts, strings.Split(c.Path, "/")...)
	}
	if !put(root, parts, clone(value), func(changed any) {}) || len(root) == 0 {
		return nil, fmt.Errorf("no place for %s", c.Path)
	}
	return root[""], nil
}

// put goes down to the place of a value; replace gives the holder of a list a changed list.
func put(holder any, parts []string, value any, replace func(any)) bool {
	part, rest := parts[0], parts[1:]
	if strings.HasPrefix(part, "[") && strings.HasSuffix(part, "]") {
		return putRecord(holder, unescape(part[1:len(part)-1]), rest, value, replace)
	}
	values, isMap := holder.(map[string]any)
	if !isMap {
		return false
	}
	key := unescape(part)
	switch {
	case len(rest) > 0:
		child, there := values[key]
		return there && put(child, rest, value, func(changed any) { values[key] = changed })
	case value == Absent:
		delete(values, key)
	default:
		values[key] = value
	}
	return true
}

func putRecord(holder any, id string, rest []string, value any, replace func(any)) bool {
	l, isRecords := records(holder)
	if !isRecords {
		return false
	}
	items := holder.([]any)
	i := slices.Index(l.ids, id)
	if len(rest) > 0 {
		return i >= 0 && put(items[i], rest, value, func(changed any) { items[i] = changed })
	}
	if value == Absent {
		if i >= 0 {
			replace(slices.Delete(items, i, i+1))
		}
		return true
	}
	if its, isRecord := idOf(value); !isRecord || its != id {
		return false
	}
	if i >= 0 {
		items[i] = value
	} else {
		replace(append(items, value))
	}
	return true
}

var back = strings.NewReplacer("~0", "~", "~1", "/", "~2", "[")

func unescape(part string) string { return back.Replace(part) }
