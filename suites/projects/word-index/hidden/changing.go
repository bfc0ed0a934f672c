package driver

import (
	"fmt"
	"strings"
	"wordindex/index"
)

func put(id, text string) index.Change { return index.Change{ID: id, Text: text} }

func drop(id string) index.Change { return index.Change{ID: id, Delete: true} }

func drive(emit func(any)) {
	x := index.New()
	show := func(n int) {
		v := x.View()
		var all []string
		for _, w := range v.Words("") {
			all = append(all, fmt.Sprint(w.Text, w.Documents))
		}
		emit([]any{n, v.Version(), v.Documents(), strings.Join(all, " ")})
	}
	show(x.Apply())
	show(x.Apply(put("a", "b c b"), put("b", "c")))
	show(x.Apply(put("a", "b c b"), put("b", "C")))
	show(x.Apply(put("a", "c d")))
	show(x.Apply(drop("z"), drop("b"), drop("b")))
	show(x.Apply(put("e", "x"), put("e", "y"), put("e", "y"), drop("e"), drop("e"), put("f", "")))
	show(x.Apply(put("a", "z"), put("a", "c d")))
	show(x.Apply(index.Change{ID: "a", Text: "ignored", Delete: true}, put("", "nameless")))
	show(x.Apply(put("f", "é éa É"), put("g", "e f")))
	v := x.View()
	emit(v.Words("É"))
	emit(v.Words("NAME"))
	emit(len(v.Words("é ")))
	hits, _ := v.Find("nameless")
	emit(hits)
}
