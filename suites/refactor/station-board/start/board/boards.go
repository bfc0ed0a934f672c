package board

import (
	"fmt"
	"sort"
	"strings"
)

// Departures is the board of the next trains that depart from a moment on, at most so many.
func Departures(trains []Train, now, most int) []string {
	var next []Train
	for _, train := range trains {
		if train.Departs < 0 {
			continue
		}
		if train.Departs+train.Late < now {
			continue
		}
		next = append(next, train)
	}
	sort.SliceStable(next, func(i, j int) bool {
		if next[i].Departs != next[j].Departs {
			return next[i].Departs < next[j].Departs
		}
		return next[i].Line < next[j].Line
	})
	lines := []string{}
	for _, train := range next {
		if len(lines) == most {
			break
		}
		name := train.To
		if len([]rune(name)) > 14 {
			name = string([]rune(name)[:13]) + "."
		}
		name += strings.Repeat(" ", 14-len([]rune(name)))
		line := fmt.Sprintf("%02d:%02d %-4s to   %s %s", train.Departs/60, train.Departs%60, train.Line, name, train.Platform)
		if train.Cancelled {
			line += " cancelled"
		} else if train.Late >= 5 {
			line += fmt.Sprintf(" about %d minutes late", train.Late/5*5)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// Arrivals is the board of the next trains that arrive from a moment on, at most so many.
func Arrivals(trains []Train, now, most int) []string {
	var next []Train
	for _, train := range trains {
		if train.Arrives < 0 {
			continue
		}
		if train.Arrives+train.Late < now {
			continue
		}
		next = append(next, train)
	}
	sort.SliceStable(next, func(i, j int) bool {
		if next[i].Arrives != next[j].Arrives {
			return next[i].Arrives < next[j].Arrives
		}
		return next[i].Line < next[j].Line
	})
	lines := []string{}
	for _, train := range next {
		if len(lines) == most {
			break
		}
		name := train.From
		if len([]rune(name)) > 14 {
			name = string([]rune(name)[:13]) + "."
		}
		name += strings.Repeat(" ", 14-len([]rune(name)))
		line := fmt.Sprintf("%02d:%02d %-4s from %s %s", train.Arrives/60, train.Arrives%60, train.Line, name, train.Platform)
		if train.Cancelled {
			line += " cancelled"
		} else if train.Late >= 5 {
			line += fmt.Sprintf(" about %d minutes late", train.Late/5*5)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// Platform is the board of a platform: the next train there, and where it goes or that it ends here.
func Platform(trains []Train, platform string, now int) string {
	var next *Train
	for at, train := range trains {
		if train.Platform != platform || train.Cancelled {
			continue
		}
		leaves := train.Departs
		if leaves < 0 {
			leaves = train.Arrives
		}
		if leaves+train.Late < now {
			continue
		}
		if next == nil {
			next = &trains[at]
			continue
		}
		other := next.Departs
		if other < 0 {
			other = next.Arrives
		}
		if leaves+train.Late < other+next.Late {
			next = &trains[at]
		}
	}
	if next == nil {
		return "no train"
	}
	if next.Departs < 0 {
		line := fmt.Sprintf("%02d:%02d %-4s from %s, ends here", next.Arrives/60, next.Arrives%60, next.Line, next.From)
		if next.Late >= 5 {
			line += fmt.Sprintf(" about %d minutes late", next.Late/5*5)
		}
		return line
	}
	line := fmt.Sprintf("%02d:%02d %-4s to   %s", next.Departs/60, next.Departs%60, next.Line, next.To)
	if next.Late >= 5 {
		line += fmt.Sprintf(" about %d minutes late", next.Late/5*5)
	}
	return line
}
