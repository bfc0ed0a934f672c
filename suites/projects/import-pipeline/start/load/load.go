// Package load brings lines into a store.
package load

import (
	"context"
	"errors"
	"pipeline/flow"
	"strings"
)

// Options say how much is done at once.
type Options struct {
	Workers int
	Batch   int // records
	Bytes   int // in a batch
	MaxBad  int
}

// Report is what became of the lines.
type Report struct {
	Stored int
	Bad    []error
}

// Import converts lines and stores what comes of them.
func Import[R flow.Sized](
	ctx context.Context, lines []string, convert func(context.Context, string) (R, error),
	store func([]R) error, o Options,
) (Report, error) {
	var report Report
	var filled []string
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			filled = append(filled, line)
		}
	}
	records := make(chan R)
	tooMany := false
	go func() {
		defer close(records)
		for result := range flow.Map(ctx, flow.Source(ctx, filled), o.Workers, convert) {
			if result.Err != nil {
				report.Bad = append(report.Bad, result.Err)
				if o.MaxBad > 0 && len(report.Bad) > o.MaxBad {
					tooMany = true
					return
				}
				continue
			}
			records <- result.Value
		}
	}()
	for batch := range flow.Batch(ctx, records, o.Batch, o.Bytes) {
		if err := store(batch); err != nil {
			return report, err
		}
		report.Stored += len(batch)
	}
	if tooMany {
		return report, errors.New("too many bad lines")
	}
	return report, ctx.Err()
}
