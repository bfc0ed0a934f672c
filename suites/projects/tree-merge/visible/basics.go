package driver

import (
	"merge/doc"
	"merge/three"
)

func drive(emit func(any)) {
	base, _ := doc.Parse(`{"port": 80, "hosts": [{"id": "a", "up": true}], "name": "x"}`)
	ours, _ := doc.Parse(`{"port": 81, "hosts": [{"id": "a", "up": false}], "name": "x"}`)
	theirs, _ := doc.Parse(`{"port": 82, "hosts": [{"id": "a", "up": true}, {"id": "b"}]}`)
	result, conflicts := three.Merge(base, ours, theirs)
	emit(doc.Write(result))
	emit(len(conflicts))
	emit([]any{conflicts[0].Path, conflicts[0].Base, conflicts[0].Ours, conflicts[0].Theirs})
	resolved, err := three.Resolve(result, conflicts[0], 82)
	emit(doc.Write(resolved))
	emit(err)
}
