// Package load brings lines into a store.
package load

import (
	"context"
	"errors"
	"fmt"
	"pipeline/flow"
	"strings"
)

// Options say how much is done at once.
type Options struct {
	Workers, Batch, Bytes, MaxBad, Retries int
	Comment                                string
}

// Report is what became of the lines.
type Report struct {
	Left   int
	Stored int
	Bad    []error
}

// ErrBusy asks for another call.
var ErrBusy = errors.New("the store is busy")

// Import converts lines and stores what comes of them, batch by batch in this goroutine.
func Import[R flow.Sized](
	ctx context.Context, lines []string, convert func(context.Context, string) (R, error),
	store func([]R) error, o Options,
) (report Report, err error) {
	kept := lines[:0:0]
	for _, line := range lines {
		if isData(line, o.Comment) {
			kept = append(kept, line)
		}
	}
	report.Left = len(lines) - len(kept)
	inner, cancel := context.WithCancel(ctx)
	source := flow.Source(inner, kept)
	results := flow.Map(inner, source, o.Workers, convert)
	defer func() {
		cancel()
		for range source {
		}
		for range results {
		}
	}()
	var batch []R
	bytes := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		whole := batch
		batch, bytes = nil, 0
		for tries := 0; ; tries++ {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			why := store(append([]R{}, whole...))
			if why == nil {
				report.Stored += len(whole)
				return nil
			}
			if tries >= o.Retries || !errors.Is(why, ErrBusy) {
				return why
			}
		}
	}
	for result := range results {
		if result.Err != nil {
			report.Bad = append(report.Bad, result.Err)
			if o.MaxBad > 0 && len(report.Bad) > o.MaxBad {
				if err := flush(); err != nil {
					return report, err
				}
				return report, fmt.Errorf("too many bad lines")
			}
			continue
		}
		if bytes+result.Value.Size() > o.Bytes {
			if err := flush(); err != nil {
				return report, err
			}
		}
		batch = append(batch, result.Value)
		bytes += result.Value.Size()
		if len(batch) == o.Batch {
			if err := flush(); err != nil {
				return report, err
			}
		}
	}
	if ctx.Err() != nil {
		return report, ctx.Err()
	}
	if err := flush(); err != nil {
		return report, err
	}
	return report, ctx.Err()
}

func isData(line, comment string) bool {
	line = strings.TrimLeft(line, " \t\r\n\v\f\u0085\u00a0")
	return strings.TrimSpace(line) != "" && (comment == "" || !strings.HasPrefix(line, comment))
}
