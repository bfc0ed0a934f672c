// Package marks reads what students got for their tasks.
package marks

import (
	"fmt"
	"strconv"
	"strings"
)

// Mark is what a student got for a task.
type Mark struct {
	Student string
	Task    string
	Points  float64
	Excused bool
}

// Parse reads a line for each mark: student; task; points.
func Parse(text string) ([]Mark, error) {
	var all []Mark
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		mark, err := parse(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number+1, err)
		}
		all = append(all, mark)
	}
	return all, nil
}

func parse(line string) (Mark, error) {
	parts := strings.Split(line, ";")
	if len(parts) != 3 {
		return Mark{}, fmt.Errorf("%d parts instead of 3", len(parts))
	}
	mark := Mark{Student: strings.TrimSpace(parts[0]), Task: strings.TrimSpace(parts[1])}
	points := strings.TrimSpace(parts[2])
	if points == "-" {
		mark.Excused = true
		return mark, nil
	}
	value, err := strconv.ParseFloat(strings.Replace(points, ",", ".", 1), 64)
	if err != nil || !(value >= 0) || value > 1e9 {
		return Mark{}, fmt.Errorf("bad points: %s", points)
	}
	mark.Points = value
	return mark, nil
}
