package driver

import (
	"merge/doc"
	"merge/three"
)

func parse(text string) any {
	if text == "-" {
		return three.Absent
	}
	value, err := doc.Parse(text)
	if err != nil {
		panic(err)
	}
	return value
}

func write(value any) string {
	if value == three.Absent {
		return "-"
	}
	return doc.Write(value)
}

func drive(emit func(any)) {
	base := parse(`{"a": {"b": 1, "list": [{"id": "x/y", "v": 1}, {"id": "z", "v": 1}]}, "k": 1}`)
	ours := parse(`{"a": {"b": 2, "list": [{"id": "x/y", "v": 2}]}, "n": 1}`)
	theirs := parse(`{"a": {"b": 3, "list": [{"id": "x/y", "v": 3}, {"id": "z", "v": 2}]}, "k": 2, "n": [2]}`)
	result, conflicts := three.Merge(base, ours, theirs)
	emit(write(result))
	for _, c := range conflicts {
		emit([]any{c.Path, write(c.Base), write(c.Ours), write(c.Theirs)})
	}
	all := result
	for _, c := range conflicts {
		var err error
		if all, err = three.Resolve(all, c, c.Theirs); err != nil {
			emit(err)
		}
	}
	emit(write(all))
	emit(write(result))
	resolve := func(document, path, value string) {
		changed, err := three.Resolve(parse(document), three.Conflict{Path: path}, parse(value))
		if err != nil {
			emit(err)
			return
		}
		emit(write(changed))
	}
	resolve(`1`, ``, `{"a": 2}`)
	resolve(`{"a": 1}`, `b`, `2`)
	resolve(`{"a": 1}`, `a`, `-`)
	resolve(`{"a": 1}`, `b`, `-`)
	resolve(`{"a": 1}`, `b/c`, `-`)
	resolve(`{"a": 1}`, `a/c`, `2`)
	resolve(`{"a": [{"id": "x"}]}`, `a/[x]`, `{"id": "x", "v": 1}`)
	resolve(`{"a": [{"id": "x"}]}`, `a/[y]`, `{"id": "y"}`)
	resolve(`{"a": [{"id": "x"}]}`, `a/[y]`, `{"id": "x"}`)
	resolve(`{"a": [{"id": "x"}]}`, `a/[x]`, `5`)
	resolve(`{"a": [{"id": "x"}, {"id": "w"}]}`, `a/[x]`, `-`)
	resolve(`{"a": [{"id": "x"}]}`, `a/[y]`, `-`)
	resolve(`{"a": [{"id": "x"}]}`, `a/[y]/v`, `1`)
	resolve(`{"a": [{"id": "x"}]}`, `a/[x]/v`, `1`)
	resolve(`{"a": [1]}`, `a/[x]`, `-`)
	resolve(`[{"id": "x"}]`, `[x]`, `-`)
	resolve(`[{"id": "~["}]`, `[~0~2]/v`, `1`)
	resolve(`{"~1": 1}`, `~01`, `2`)
	resolve(`{"a": {}}`, `a/~2x]`, `2`)
	resolve(`{"a": 1}`, `[a]`, `-`)
	resolve(`[{"id": "x"}]`, `x`, `1`)
}
