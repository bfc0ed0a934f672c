package driver

import (
	"context"
	"errors"
	"fmt"
	"pipeline/load"
	"strconv"
	"strings"
)

type record int

func (r record) Size() int { return 1 }

func drive(emit func(any)) {
	convert := func(_ context.Context, line string) (record, error) {
		n, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			return 0, errors.New("no number")
		}
		return record(n), nil
	}
	play := func(o load.Options, fails bool, lines ...string) {
		o.Workers, o.Batch, o.Bytes = 2, 2, 100
		sum := 0
		report, err := load.Import(context.Background(), lines, convert, func(batch []record) error {
			if fails {
				return errors.New("full")
			}
			for _, r := range batch {
				sum += int(r)
			}
			return nil
		}, o)
		emit([]any{report.Stored, report.Left, sum, fmt.Sprint(report.Bad), err})
	}
	play(load.Options{Comment: "#"}, false, "1", "# two", "", "  #3", "4", "5 # five", "\t#", "##")
	play(load.Options{Comment: "//"}, false, "/ 1", "//2", "3", " ")
	play(load.Options{}, false, "#1", "", "2", " ")
	play(load.Options{Comment: "#", MaxBad: 1}, false, "#", "x", "1", "#", "y", "2", "#")
	play(load.Options{Comment: "#"}, true, "1", "2", "#", "3")
	play(load.Options{Comment: "#"}, false, "#", "")
	play(load.Options{Comment: "#"}, false)
}
