package spent

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// ErrSyntax says that a text is no time.
var ErrSyntax = errors.New("this is no time such as 1h30m")

var pattern = regexp.MustCompile(`^(?:(\d{1,4})h)?(?:(^| ?)(\d{1,4})m)?$`)

// Entry is some work.
type Entry struct {
	Name    string
	Minutes int
}

// Parse reads a time as minutes.
func Parse(text string) (int, error) {
	match := pattern.FindStringSubmatch(text)
	// the pattern takes the empty text and a space before minutes alone
	if match == nil || text == "" || text[0] == ' ' {
		return 0, ErrSyntax
	}
	hours, _ := strconv.Atoi(match[1])
	minutes, _ := strconv.Atoi(match[3])
	if match[1] != "" && minutes > 59 {
		return 0, ErrSyntax
	}
	return 60*hours + minutes, nil
}

// Format writes minutes.
func Format(minutes int) string {
	if minutes < 0 {
		return "-" + Format(-minutes)
	}
	hours, rest := minutes/60, minutes%60
	switch {
	case hours == 0:
		return fmt.Sprintf("%dm", rest)
	case rest == 0:
		return fmt.Sprintf("%dh", hours)
	}
	return fmt.Sprintf("%dh%dm", hours, rest)
}

// Bill rounds up to blocks.
func Bill(minutes, every int) int {
	every = max(every, 1)
	if minutes <= 0 {
		return 0
	}
	return (minutes + every - 1) / every * every
}

// Longest is who worked most.
func Longest(entries []Entry) string {
	sums := map[string]int{}
	for _, entry := range entries {
		sums[entry.Name] += entry.Minutes
	}
	longest, most := "", 0
	for name, sum := range sums {
		// maps have no order, so equal sums are decided here
		if longest == "" || sum > most || (sum == most && name < longest) {
			longest, most = name, sum
		}
	}
	return longest
}
