// Package load brings lines into a store.
package load

import (
	"context"
	"errors"
	"pipeline/flow"
	"slices"
	"strings"
)

// Options say how much is done at once.
type Options struct {
	Workers int
	Batch   int // records
	Bytes   int // in a batch
	MaxBad  int
	Retries int
	Comment string // what lines begin with that are left out
}

// Report is what became of the lines.
type Report struct {
	Stored int
	Bad    []error
	Left   int // lines that were left out, being empty or comments
}

// ErrBusy is what a store says, or wraps, that wants a batch again.
var ErrBusy = errors.New("busy")

var errTooMany = errors.New("too many bad lines")

// Import converts lines and stores what comes of them.
func Import[R flow.Sized](
	ctx context.Context, lines []string, convert func(context.Context, string) (R, error),
	store func([]R) error, o Options,
) (Report, error) {
	var filled []string
	for _, line := range lines {
		text := strings.TrimSpace(line)
		if text != "" && !(o.Comment != "" && strings.HasPrefix(text, o.Comment)) {
			filled = append(filled, line)
		}
	}
	running, stop := context.WithCancel(ctx)
	source := flow.Source(running, filled)
	results := flow.Map(running, source, o.Workers, convert)
	records := make(chan R)
	batches := flow.Batch(running, records, o.Batch, o.Bytes)
	defer func() { // nothing runs any more
		stop()
		for range source {
		}
		for range results {
		}
		for range batches {
		}
	}()

	var bad []error
	var failure error
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer close(records)
		bad, failure = forward(running, results, records, o.MaxBad)
	}()
	stored := 0
	var refused error
	for batch := range batches {
		if ctx.Err() != nil {
			break
		}
		if refused = keep(ctx, store, batch, o.Retries); refused != nil {
			break
		}
		stored += len(batch)
	}
	if refused != nil {
		stop()
	}
	for range batches {
	}
	<-ended
	report := Report{stored, bad, len(lines) - len(filled)}
	switch {
	case refused != nil:
		return Report{Stored: stored, Bad: bad}, refused
	case ctx.Err() != nil:
		return report, ctx.Err()
	}
	return report, failure
}

// keep hands a batch to the store, again while that is busy.
func keep[R any](ctx context.Context, store func([]R) error, batch []R, retries int) error {
	for {
		err := store(slices.Clone(batch))
		if !errors.Is(err, ErrBusy) || retries <= 0 {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		retries--
	}
}

// forward passes on what could be converted, and keeps the errors.
func forward[R any](
	ctx context.Context, results <-chan flow.Result[R], records chan<- R, most int,
) (bad []error, failure error) {
	for result := range results {
		if result.Err == nil {
			select {
			case records <- result.Value:
			case <-ctx.Done():
				return bad, nil
			}
			continue
		}
		bad = append(bad, result.Err)
		if most > 0 && len(bad) > most {
			return bad, errTooMany
		}
	}
	return bad, nil
}
