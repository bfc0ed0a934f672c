package driver

import "wordindex/index"

func drive(emit func(any)) {
	x := index.New()
	emit(x.Apply(
		index.Change{ID: "one", Text: "The night train to Rome; the last one."},
		index.Change{ID: "two", Text: "Trains at night"},
	))
	before := x.View()
	emit(x.Apply(index.Change{ID: "two", Delete: true}, index.Change{ID: "three", Delete: true}))
	for _, query := range []string{"night", "the", `"night train"`, "train*", "night -rome", "-", `"`} {
		hits, err := before.Find(query)
		if err != nil {
			emit(err)
			continue
		}
		emit(hits)
	}
	now := x.View()
	emit([]int{before.Version(), before.Documents(), now.Version(), now.Documents()})
	emit(before.Words("t"))
	emit(now.Changed(before))
}
