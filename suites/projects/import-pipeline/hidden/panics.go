package driver

import (
	"context"
	"errors"
	"fmt"
	"pipeline/flow"
)

func drive(emit func(any)) {
	ctx := context.Background()
	items := make([]int, 40)
	for i := range items {
		items[i] = i
	}
	results := flow.Map(ctx, flow.Source(ctx, items), 3, func(_ context.Context, i int) (int, error) {
		switch {
		case i%4 == 1:
			panic(fmt.Sprint("odd ", i))
		case i == 38:
			var none map[string]int
			none["x"] = 1
		case i%4 == 3:
			panic(errors.New("three"))
		}
		return i, nil
	})
	sum, panics := 0, 0
	var shown []string
	for result := range results {
		sum += result.Value
		if result.Err != nil {
			panics++
			if panics < 4 || panics == 20 {
				shown = append(shown, result.Err.Error())
			}
		}
	}
	emit([]int{sum, panics})
	emit(shown)
}
