// Package session says how long people were in a system, from a log of lines such as "10:00 ana in".
package session

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

var (
	since   = map[string]int{}
	minutes = map[string]int{}
	wrong   []string
	line    string
	now     int
	who     string
	what    string
)

// Report lists how long everybody was there, the longest first, and then the lines that are wrong.
func Report(log string) string {
	since, minutes, wrong = map[string]int{}, map[string]int{}, nil
	for _, line = range strings.Split(log, "\n") {
		if strings.TrimSpace(line) != "" {
			take()
		}
	}
	finish(24 * 60)
	return write()
}

// Longest is who was there longest, until a time; nobody is empty.
func Longest(log string, until int) string {
	since, minutes, wrong = map[string]int{}, map[string]int{}, nil
	for _, line = range strings.Split(log, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if !parse() {
			continue
		}
		if now > until {
			break
		}
		take()
	}
	finish(until)
	names := order()
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

func take() {
	if !parse() {
		wrong = append(wrong, line)
		return
	}
	start, there := since[who]
	switch {
	case what == "in" && !there:
		since[who] = now
	case what == "out" && there && now >= start:
		minutes[who] += now - start
		delete(since, who)
	default:
		wrong = append(wrong, line)
	}
}

func parse() bool {
	words := strings.Fields(line)
	if len(words) != 3 {
		return false
	}
	before, behind, _ := strings.Cut(words[0], ":")
	hours, err := strconv.Atoi(before)
	if err != nil || hours < 0 || hours > 23 {
		return false
	}
	rest, err := strconv.Atoi(behind)
	if err != nil || rest < 0 || rest > 59 {
		return false
	}
	now, who, what = 60*hours+rest, words[1], words[2]
	return true
}

func finish(until int) {
	for name, start := range since {
		minutes[name] += max(0, until-start)
	}
}

func order() []string {
	names := []string{}
	for name := range minutes {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if minutes[names[i]] != minutes[names[j]] {
			return minutes[names[i]] > minutes[names[j]]
		}
		return names[i] < names[j]
	})
	return names
}

func write() string {
	out := ""
	for _, name := range order() {
		out += fmt.Sprintf("%s %d:%02d\n", name, minutes[name]/60, minutes[name]%60)
	}
	for _, line = range wrong {
		out += "? " + line + "\n"
	}
	return out
}
