package board

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Departures is the board of the next trains that depart from a moment on, at most so many.
func Departures(trains []Train, now, most int) []string {
	return board(trains, Train.departure, now, most)
}

// Arrivals is the board of the next trains that arrive from a moment on, at most so many.
func Arrivals(trains []Train, now, most int) []string {
	return board(trains, Train.arrival, now, most)
}

// Platform is the board of a platform: the next train there, and where it goes or that it ends here.
func Platform(trains []Train, platform string, now int, _ ...string) string {
	here := slices.DeleteFunc(slices.Clone(trains), func(train Train) bool {
		return train.Platform != platform || train.Cancelled || train.last().minute+train.Late < now
	})
	if len(here) == 0 {
		return "no train"
	}
	next := slices.MinFunc(here, func(a, b Train) int {
		return a.last().minute + a.Late - b.last().minute - b.Late
	})
	ends := ""
	if next.Departs < 0 {
		ends = ", ends here"
	}
	stop := next.last()
	return next.line(stop, stop.name) + ends + next.delay()
}

// stop is one half of a train: that it comes from somewhere, or goes there.
type stop struct {
	minute int // -1 where there is none
	word   string
	name   string
}

func (t Train) departure() stop {
	return stop{t.Departs, "to", t.To}
}

func (t Train) arrival() stop {
	return stop{t.Arrives, "from", t.From}
}

// last is the departure of a train, or its arrival where it ends.
func (t Train) last() stop {
	if t.Departs < 0 {
		return t.arrival()
	}
	return t.departure()
}

func board(trains []Train, half func(Train) stop, now, most int) []string {
	next := slices.DeleteFunc(slices.Clone(trains), func(train Train) bool {
		minute := half(train).minute
		return minute < 0 || minute+train.Late < now
	})
	sort.SliceStable(next, func(i, j int) bool {
		a, b := half(next[i]), half(next[j])
		return a.minute < b.minute || a.minute == b.minute && next[i].Line < next[j].Line
	})
	if most >= 0 && len(next) > most {
		next = next[:most]
	}
	lines := []string{}
	for _, train := range next {
		stop := half(train)
		line := train.line(stop, inColumn(stop.name)) + " " + train.Platform
		if train.Cancelled {
			line += " cancelled"
		} else {
			line += train.delay()
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

func (t Train) line(stop stop, name string) string {
	return fmt.Sprintf("%02d:%02d %-4s %-4s %s", stop.minute/60, stop.minute%60, t.Line, stop.word, name)
}

func (t Train) delay() string {
	if t.Late < 5 {
		return ""
	}
	return fmt.Sprintf(" about %d minutes late", t.Late/5*5)
}

// inColumn is a name with 14 characters.
func inColumn(name string) string {
	if letters := []rune(name); len(letters) > 14 {
		name = string(letters[:13]) + "."
	}
	return fmt.Sprintf("%-14s", name)
}
