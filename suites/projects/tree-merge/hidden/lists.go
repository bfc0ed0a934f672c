package driver

import (
	"fmt"
	"merge/doc"
	"merge/three"
	"strings"
)

// list is a list of records with these ids; what follows a colon is a value.
func list(words string) any {
	all := []any{}
	for _, word := range strings.Fields(words) {
		id, value, found := strings.Cut(word, ":")
		record := map[string]any{"id": id}
		if found {
			record["v"] = value
		}
		all = append(all, record)
	}
	return all
}

func show(value any) string {
	items, isList := value.([]any)
	if !isList {
		return doc.Write(value)
	}
	var words []string
	for _, item := range items {
		record, isMap := item.(map[string]any)
		if !isMap {
			words = append(words, doc.Write(item))
			continue
		}
		word := fmt.Sprint(record["id"])
		if value, there := record["v"]; there {
			word += fmt.Sprint(":", value)
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func drive(emit func(any)) {
	merge := func(base, ours, theirs any) {
		result, conflicts := three.Merge(base, ours, theirs)
		text := show(result)
		for _, c := range conflicts {
			text += fmt.Sprintf(" (%s)", c.Path)
		}
		emit(text)
	}
	merge(list("a b c"), list("a b c x"), list("y a b c"))
	merge(list("a b c"), list("a x b c"), list("a y b c"))
	merge(list("a b c"), list("b c"), list("a y b c"))
	merge(list("a b c"), list("c b a"), list("a b c d"))
	merge(list("a b c"), list("a b c d"), list("c b a"))
	merge(list("a b c"), list("b a c"), list("c b a"))
	merge(list("a b c"), list("c a d"), list("a b c:1"))
	merge(list("a:1 b:1"), list("a:2 b:1"), list("b:3 a:1"))
	merge(list("a:1 b:1"), list("a:2 b:1"), list("a:3"))
	merge(list("a:1 b:1"), list("b:1"), list("a:2 b:1 c"))
	merge(list(""), list("a"), list("b"))
	merge(7, list("a b"), list("b c"))
	merge(nil, list("a x"), list("b x"))
	merge([]any{1}, list("a"), list("b"))
	merge(list("a"), append(list("a").([]any), 1), list("a b"))
	merge(list("a"), list("a a"), list("a b"))
	merge(list("a b"), list(""), list("a b c"))
	merge(list("a b c d"), list("a b c d e:1"), list("d e:2 c"))
	merge(list("a b"), list("p q a b"), list("r a s t b u"))
}
