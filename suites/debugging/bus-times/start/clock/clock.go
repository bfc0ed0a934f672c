// Package clock reads times of the day.
package clock

import (
	"fmt"
	"strconv"
	"strings"
)

// Day is how many minutes a day has.
const Day = 24 * 60

// Minutes are the minutes since midnight of a time such as 7:50.
func Minutes(text string) (int, error) {
	before, behind, _ := strings.Cut(text, ":")
	hours, wrongHours := strconv.Atoi(before)
	minutes, wrongMinutes := strconv.Atoi(behind)
	if wrongHours != nil || wrongMinutes != nil || len(behind) != 2 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 {
		return 0, fmt.Errorf("no time: %s", text)
	}
	return 60*hours + minutes, nil
}
