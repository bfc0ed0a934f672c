// Package board shows the next buses.
package board

import (
	"fmt"
	"sort"
	"stop/clock"
)

// Horizon is how many minutes the board looks ahead.
const Horizon = 120

// Bus is a departure as the timetable of every day has it, with the minutes that it is late today.
type Bus struct {
	Line, Time string
	Late       int
}

// departure is a bus with the minutes until it leaves.
type departure struct {
	Bus
	wait int
}

// Board shows the buses that leave from now on, within the horizon, before or after midnight: "N4 30 min". They come
// in the order in which they leave, delays included, and those that leave together as they stand in the timetable.
func Board(timetable []Bus, now string) ([]string, error) {
	from, err := clock.Minutes(now)
	if err != nil {
		return nil, err
	}
	var coming []departure
	for _, bus := range timetable {
		at, err := clock.Minutes(bus.Time)
		if err != nil {
			return nil, err
		}
		wait := at + bus.Late - from
		if wait < 0 || wait > Horizon {
			continue
		}
		coming = append(coming, departure{bus, wait})
	}
	sort.SliceStable(coming, func(i, j int) bool { return coming[i].Time < coming[j].Time })
	lines := []string{}
	for _, bus := range coming {
		lines = append(lines, fmt.Sprintf("%s %d min", bus.Line, bus.wait))
	}
	return lines, nil
}
