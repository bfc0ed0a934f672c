package driver

import (
	"context"
	"errors"
	"fmt"
	"pipeline/load"
	"strconv"
)

type record int

func (r record) Size() int { return int(r) }

func drive(emit func(any)) {
	convert := func(_ context.Context, line string) (record, error) {
		n, err := strconv.Atoi(line)
		return record(n), err
	}
	var batches [][]record
	store := func(batch []record) error {
		batches = append(batches, batch)
		return nil
	}
	o := load.Options{Workers: 3, Batch: 2, Bytes: 10}
	report, err := load.Import(context.Background(), []string{"1", "2", " ", "x", "3", "4", "9", "5"}, convert, store, o)
	emit(report.Stored)
	emit(fmt.Sprint(batches))
	emit(fmt.Sprint(report.Bad))
	emit(err)
	full := errors.New("full")
	report, err = load.Import(context.Background(), []string{"1", "2", "3", "4"}, convert, func([]record) error { return full }, o)
	emit([]any{report.Stored, err == full})
}
