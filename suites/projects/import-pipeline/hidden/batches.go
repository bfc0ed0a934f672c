package driver

import (
	"context"
	"fmt"
	"pipeline/flow"
)

type item int

func (i item) Size() int { return int(i) }

func drive(emit func(any)) {
	ctx := context.Background()
	show := func(size, most int, items ...item) {
		var kept [][]item
		for batch := range flow.Batch(ctx, flow.Source(ctx, items), size, most) {
			kept = append(kept, batch)
		}
		emit(fmt.Sprint(kept))
	}
	show(2, 100, 1, 2, 3, 4, 5)
	show(3, 100, 1, 2, 3, 4, 5, 6)
	show(10, 6, 1, 2, 3, 4, 2, 6, 1)
	show(10, 6, 7, 1, 8, 9, 1, 5)
	show(1, 1, 1, 2, 1)
	show(4, 0, 0, 0, 1, 0)
	show(3, 3)
	show(3, 3, 9)
	var grown [][]item
	for batch := range flow.Batch(ctx, flow.Source(ctx, []item{1, 1, 1, 1, 1}), 2, 9) {
		grown = append(grown, append(batch, 100))
	}
	emit(fmt.Sprint(grown))
	in := make(chan item)
	out := flow.Batch(ctx, in, 2, 9)
	in <- 1
	in <- 2
	emit(fmt.Sprint(<-out))
	in <- 3
	close(in)
	emit(fmt.Sprint(<-out))
}
