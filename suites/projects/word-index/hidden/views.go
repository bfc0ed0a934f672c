package driver

import (
	"fmt"
	"wordindex/index"
)

func put(id, text string) index.Change { return index.Change{ID: id, Text: text} }

func drop(id string) index.Change { return index.Change{ID: id, Delete: true} }

func drive(emit func(any)) {
	x := index.New()
	views := []*index.View{x.View()}
	step := func(changes ...index.Change) {
		x.Apply(changes...)
		views = append(views, x.View())
	}
	step(put("a", "red green"), put("b", "red"))
	step(put("a", "red blue"))
	step(drop("b"), put("c", "red red"))
	step(put("a", "red green"), put("b", "red"), drop("c"))
	step()
	for range 2 {
		for _, v := range views {
			hits, _ := v.Find("red -blue")
			emit([]any{v.Version(), v.Documents(), fmt.Sprint(hits), fmt.Sprint(v.Words(""))})
		}
		step(drop("a"), drop("b"), put("q", "green red"))
	}
	pairs := func(i, j int) string { return fmt.Sprint(views[i].Changed(views[j]), views[j].Changed(views[i])) }
	emit([]string{pairs(0, 0), pairs(0, 1), pairs(1, 2), pairs(2, 3)})
	emit([]string{pairs(1, 4), pairs(4, 5), pairs(5, 6), pairs(6, 7)})
	hits, _ := views[4].Find("red")
	hits[0] = index.Hit{ID: "changed", Count: 9}
	listed := views[4].Words("")
	listed[0].Text = "changed"
	again, _ := views[4].Find("red")
	emit(fmt.Sprint(again, views[4].Words("")))
}
