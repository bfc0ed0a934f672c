package driver

import (
	"context"
	"errors"
	"fmt"
	"pipeline/load"
	"strconv"
)

type record int

func (r record) Size() int { return 1 }

func drive(emit func(any)) {
	convert := func(_ context.Context, line string) (record, error) {
		n, err := strconv.Atoi(line)
		return record(n), err
	}
	lines := []string{"1", "2", "3", "4", "5"}
	play := func(o load.Options, answers ...error) {
		o.Workers, o.Batch, o.Bytes = 3, 2, 100
		var seen []string
		report, err := load.Import(context.Background(), lines, convert, func(batch []record) error {
			seen = append(seen, fmt.Sprint(batch))
			for i := range batch {
				batch[i] = 99
			}
			if len(seen) > len(answers) {
				return nil
			}
			return answers[len(seen)-1]
		}, o)
		said := any(nil)
		switch {
		case errors.Is(err, load.ErrBusy):
			said = "busy"
		case err != nil:
			said = err.Error()
		}
		emit([]any{report.Stored, said, seen})
	}
	busy, wrapped, full := load.ErrBusy, fmt.Errorf("later: %w", load.ErrBusy), errors.New("full")
	play(load.Options{Retries: 2}, busy, wrapped)
	play(load.Options{Retries: 1}, busy, busy)
	play(load.Options{Retries: 3}, nil, busy, full)
	play(load.Options{}, busy)
	play(load.Options{Retries: 1}, busy, nil, busy, nil, wrapped)
	play(load.Options{Retries: 9}, full)
	ctx, stop := context.WithCancel(context.Background())
	calls := 0
	report, err := load.Import(ctx, lines, convert, func([]record) error {
		calls++
		if calls == 2 {
			stop()
			return busy
		}
		return nil
	}, load.Options{Workers: 1, Batch: 2, Bytes: 9, Retries: 5})
	emit([]any{report.Stored, calls, errors.Is(err, context.Canceled)})
}
