package driver

import (
	"fmt"
	"hash/fnv"
	"merge/doc"
	"merge/three"
	"reflect"
	"strings"
)

type random uint64

func (r *random) below(n int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r>>33) % uint64(n))
}

func (r *random) value(depth int) any {
	switch what := r.below(8); {
	case depth > 0 && what < 4:
		all := map[string]any{}
		for range r.below(4) {
			all[string(rune('a'+r.below(5)))] = r.value(depth - 1)
		}
		return all
	case depth > 0 && what < 6:
		return r.records(depth)
	case what == 6:
		return []any{r.below(2)}
	}
	return r.below(3)
}

func (r *random) records(depth int) []any {
	all := []any{}
	seen := map[string]bool{}
	for range r.below(5) {
		id := string(rune('p' + r.below(6)))
		if !seen[id] {
			seen[id] = true
			all = append(all, map[string]any{"id": id, "v": r.value(depth - 1)})
		}
	}
	return all
}

// changed is a copy with some changes.
func (r *random) changed(value any) any {
	if r.below(12) == 0 {
		return r.value(2)
	}
	switch v := value.(type) {
	case map[string]any:
		all := map[string]any{}
		for _, key := range []string{"a", "b", "c", "d", "e", "id", "v"} {
			each, there := v[key]
			switch {
			case !there && key < "f" && r.below(8) == 0:
				all[key] = r.value(1)
			case there && key == "id":
				all[key] = each
			case there && r.below(8) > 0:
				all[key] = r.changed(each)
			}
		}
		return all
	case []any:
		all := []any{}
		for _, each := range v {
			if r.below(8) > 0 {
				all = append(all, r.changed(each))
			}
		}
		if len(all) > 1 && r.below(4) == 0 {
			all[0], all[1] = all[1], all[0]
		}
		return all
	}
	return value
}

func drive(emit func(any)) {
	r := random(7)
	digest := fnv.New64a()
	counts := map[string]int{}
	for range 1500 {
		base := r.value(3)
		ours, theirs := r.changed(base), r.changed(base)
		before := doc.Write([]any{base, ours, theirs})
		result, conflicts := three.Merge(base, ours, theirs)
		if doc.Write([]any{base, ours, theirs}) != before {
			counts["given values changed"]++
		}
		same, none := three.Merge(base, ours, ours)
		theirOwn, alsoNone := three.Merge(base, base, theirs)
		if !reflect.DeepEqual(same, ours) || !reflect.DeepEqual(theirOwn, theirs) || len(none)+len(alsoNone) > 0 {
			counts["one side alone is not kept"]++
		}
		other, others := three.Merge(base, theirs, ours)
		if len(others) != len(conflicts) {
			counts["other conflicts from the other side"]++
		}
		if len(conflicts) == 0 && !strings.Contains(doc.Write(result), "id") && !reflect.DeepEqual(result, other) {
			counts["another result from the other side"]++
		}
		for i, c := range conflicts {
			if i < len(others) && (c.Path != others[i].Path || !reflect.DeepEqual(c.Ours, others[i].Theirs)) {
				counts["sides are not exchanged"]++
			}
			if i > 0 && conflicts[i-1].Path >= c.Path {
				counts["paths out of order"]++
			}
			resolved, err := three.Resolve(result, c, c.Ours)
			if err != nil || c.Ours != three.Absent && !reflect.DeepEqual(resolved, result) {
				counts["ours is not what stands there"]++
			}
		}
		fmt.Fprintln(digest, len(conflicts))
	}
	emit(counts)
	emit(digest.Sum64() != 0)
}
