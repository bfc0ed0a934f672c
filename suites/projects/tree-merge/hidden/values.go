package driver

import (
	"fmt"
	"merge/doc"
	"merge/three"
)

func drive(emit func(any)) {
	merge := func(base, ours, theirs string) {
		parse := func(text string) any {
			value, err := doc.Parse(text)
			if err != nil {
				panic(err)
			}
			return value
		}
		result, conflicts := three.Merge(parse(base), parse(ours), parse(theirs))
		paths := ""
		for _, c := range conflicts {
			paths += fmt.Sprintf(" (%s)", c.Path)
		}
		emit(doc.Write(result) + paths)
	}
	merge(`1`, `2`, `1`)
	merge(`1`, `1`, `2`)
	merge(`1`, `2`, `2`)
	merge(`1`, `2`, `3`)
	merge(`1`, `"1"`, `1`)
	merge(`null`, `false`, `null`)
	merge(`{"a": 1, "b": 2, "c": 3}`, `{"a": 9, "b": 2}`, `{"a": 1, "b": 8, "c": 3, "d": 4}`)
	merge(`{"a": 1}`, `{}`, `{"a": 2}`)
	merge(`{"a": 1}`, `{"a": 2}`, `{}`)
	merge(`{"a": null}`, `{}`, `{"a": null, "b": null}`)
	merge(`{}`, `{"a": {"x": 1}}`, `{"a": {"y": 2}}`)
	merge(`{"a": 5}`, `{"a": {"x": 1, "z": 0}}`, `{"a": {"y": 2, "z": 1}}`)
	merge(`{"a": {"x": 1, "y": 2}}`, `{}`, `{"a": {"x": 1, "y": 3}}`)
	merge(`{"a": {"x": 1}}`, `{"a": 4}`, `{"a": {"x": 2}}`)
	merge(`{"a": [1, 2]}`, `{"a": [1, 2, 3]}`, `{"a": [0, 1, 2]}`)
	merge(`{"a": [1, 2]}`, `{"a": [1, 2, 3]}`, `{"a": [1, 2]}`)
	merge(`{"a/b": 1, "~": 1, "[x]": 1, "": 1}`, `{"a/b": 2, "~": 2, "[x]": 2, "": 2}`, `{"a/b": 3, "~": 3, "[x]": 3, "": 3}`)
	merge(`{"a": {"b": {"c": 1, "d": 1}}}`, `{"a": {"b": {"c": 2}}}`, `{"a": {"b": {"c": 1, "d": 1, "e": {}}}}`)
}
