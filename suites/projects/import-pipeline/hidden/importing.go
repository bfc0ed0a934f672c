package driver

import (
	"context"
	"errors"
	"fmt"
	"pipeline/load"
	"strconv"
	"strings"
)

type record struct {
	number int
	text   string
}

func (r record) Size() int { return len(r.text) }

func drive(emit func(any)) {
	convert := func(_ context.Context, line string) (record, error) {
		n, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			return record{}, errors.New("no number")
		}
		if n < 0 {
			panic("below")
		}
		return record{n, strings.Repeat("x", n%5)}, nil
	}
	var kept [][]record
	keep := func(batch []record) error {
		kept = append(kept, batch)
		return nil
	}
	play := func(lines []string, store func([]record) error, o load.Options) {
		kept = nil
		report, err := load.Import(context.Background(), lines, convert, store, o)
		emit([]any{report.Stored, err})
		emit(fmt.Sprint(report.Bad))
		sum, number, ordered, most := 0, 0, true, 0
		for _, batch := range kept {
			bytes := 0
			for _, r := range batch {
				ordered = ordered && r.number > number
				number = r.number
				sum += r.number
				bytes += r.Size()
			}
			most = max(most, bytes)
		}
		emit([]any{len(kept), sum, ordered, most})
	}
	var many []string
	for i := range 1000 {
		many = append(many, fmt.Sprint(" ", i+1), "")
	}
	play(many, keep, load.Options{Workers: 6, Batch: 7, Bytes: 10})
	play([]string{"", "1", "\t", "two", "3", "-4", "5", "six"}, keep, load.Options{Workers: 2, Batch: 2, Bytes: 99})
	for _, most := range []int{2, 3} {
		play([]string{"1", "two", "3", "-4", "5", "six", "7"}, keep, load.Options{Workers: 5, Batch: 2, Bytes: 99, MaxBad: most})
	}
	calls := 0
	play(many, func(batch []record) error {
		if calls++; calls == 4 {
			return errors.New("full")
		}
		return keep(batch)
	}, load.Options{Workers: 3, Batch: 10, Bytes: 1000})
	emit(calls)
	play(nil, keep, load.Options{Workers: 1, Batch: 1, Bytes: 1})
}
