// Package session says how long people were in a system, from a log of lines such as "10:00 ana in".
package session

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Report lists how long everybody was there, the longest first, and then the lines that are wrong.
func Report(log string) string {
	t := newTimes()
	for _, line := range lines(log) {
		e, ok := parse(line)
		if !ok || !t.take(e) {
			t.wrong = append(t.wrong, line)
		}
	}
	t.finish(24 * 60)
	return t.String()
}

// Longest is who was there longest, until a time; nobody is empty.
func Longest(log string, until int) string {
	t := newTimes()
	for _, line := range lines(log) {
		e, ok := parse(line)
		if ok && e.at > until {
			break
		}
		if ok {
			t.take(e)
		}
	}
	t.finish(until)
	names := t.order()
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// lines are those of a log that are not blank.
func lines(log string) []string {
	var all []string
	for _, line := range strings.Split(log, "\n") {
		if strings.TrimSpace(line) != "" {
			all = append(all, line)
		}
	}
	return all
}

// event is a line of a log.
type event struct {
	at        int
	who, what string
}

func parse(line string) (event, bool) {
	words := strings.Fields(line)
	if len(words) != 3 {
		return event{}, false
	}
	before, behind, _ := strings.Cut(words[0], ":")
	hours, err := strconv.Atoi(before)
	if err != nil || hours < 0 || hours > 23 {
		return event{}, false
	}
	rest, err := strconv.Atoi(behind)
	if err != nil || rest < 0 || rest > 59 {
		return event{}, false
	}
	return event{60*hours + rest, words[1], words[2]}, true
}

// times says who has been there how long, and who is there since when.
type times struct {
	since, minutes map[string]int
	wrong          []string
}

func newTimes() *times {
	return &times{since: map[string]int{}, minutes: map[string]int{}}
}

// take counts an event, unless it is wrong.
func (t *times) take(e event) bool {
	start, there := t.since[e.who]
	switch {
	case e.what == "in" && !there:
		t.since[e.who] = e.at
	case e.what == "out" && there && e.at >= start:
		t.minutes[e.who] += e.at - start
		delete(t.since, e.who)
	default:
		return false
	}
	return true
}

func (t *times) finish(until int) {
	for name, start := range t.since {
		t.minutes[name] += max(0, until-start)
	}
}

func (t *times) order() []string {
	names := []string{}
	for name := range t.minutes {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if t.minutes[names[i]] != t.minutes[names[j]] {
			return t.minutes[names[i]] > t.minutes[names[j]]
		}
		return names[i] < names[j]
	})
	return names
}

func (t *times) String() string {
	out := ""
	for _, name := range t.order() {
		out += fmt.Sprintf("%s %d:%02d\n", name, t.minutes[name]/60, t.minutes[name]%60)
	}
	for _, line := range t.wrong {
		out += "? " + line + "\n"
	}
	return out
}
