// Package devices says what the devices of a waterworks are, what they cost and when they need somebody.
package devices

import (
	"fmt"
	"strconv"
	"strings"
)

// Device is a thing in the waterworks. What Size means depends on its kind.
type Device struct {
	Kind    string
	Name    string
	Size    int
	Built   int // day
	Checked int // day
}

// Read makes a device of a line such as "pump P1 30 100 400": kind, name, size, and the days on which it was built and checked.
func Read(line string) (Device, error) {
	words := strings.Fields(line)
	if len(words) != 5 {
		return Device{}, fmt.Errorf("five words are needed: %s", line)
	}
	if words[0] != "pump" && words[0] != "filter" && words[0] != "sensor" && words[0] != "valve" {
		return Device{}, fmt.Errorf("no such kind: %s", words[0])
	}
	numbers := [3]int{}
	for i, word := range words[2:] {
		number, err := strconv.Atoi(word)
		if err != nil || number < 0 {
			return Device{}, fmt.Errorf("no number: %s", word)
		}
		numbers[i] = number
	}
	d := Device{words[0], words[1], numbers[0], numbers[1], numbers[2]}
	if d.Kind == "sensor" && d.Size > 1 {
		return Device{}, fmt.Errorf("a sensor has size 0 or 1: %s", d.Name)
	} else if d.Kind == "pump" && d.Size == 0 {
		return Device{}, fmt.Errorf("a pump needs power: %s", d.Name)
	}
	return d, nil
}

// Describe is what stands on the sign of a device.
func Describe(d Device) string {
	switch d.Kind {
	case "pump":
		return fmt.Sprintf("%s: pump of %d kW", d.Name, d.Size)
	case "filter":
		return fmt.Sprintf("%s: filter with %d layers", d.Name, d.Size)
	case "sensor":
		if d.Size == 1 {
			return fmt.Sprintf("%s: sensor with a battery", d.Name)
		}
		return fmt.Sprintf("%s: sensor on the grid", d.Name)
	case "valve":
		return fmt.Sprintf("%s: valve, %d mm", d.Name, d.Size)
	}
	return d.Name + ": unknown"
}

// Yearly is what a device costs in a year.
func Yearly(d Device) int {
	switch d.Kind {
	case "pump":
		cost := d.Size * 210
		if d.Size > 50 {
			cost += 1500
		}
		return cost
	case "filter":
		return 80 + d.Size*35
	case "sensor":
		if d.Size == 1 {
			return 12
		}
		return 4
	case "valve":
		if d.Size < 100 {
			return 10
		}
		return 25
	}
	return 0
}

// Due is the day on which a device has to be checked next.
func Due(d Device) int {
	last := d.Checked
	if last < d.Built {
		last = d.Built
	}
	switch d.Kind {
	case "pump":
		if d.Size > 50 {
			return last + 90
		}
		return last + 180
	case "filter":
		return last + 30*max(1, 6-d.Size)
	case "sensor":
		if d.Size == 1 {
			return last + 365
		}
		return last + 730
	}
	return last + 1000
}

// Problems are what is to be said of a device on a day, a sentence each.
func Problems(d Device, day int) []string {
	problems := []string{}
	if day > Due(d) {
		problems = append(problems, fmt.Sprintf("%s is overdue by %d days", d.Name, day-Due(d)))
	}
	age := day - d.Built
	switch d.Kind {
	case "pump":
		if age > 3650 {
			problems = append(problems, d.Name+" is too old")
		}
	case "filter":
		if d.Size == 0 {
			problems = append(problems, d.Name+" has no layers")
		}
		if age > 730 {
			problems = append(problems, d.Name+" is too old")
		}
	case "sensor":
		if d.Size == 1 && age > 1095 {
			problems = append(problems, d.Name+" needs a battery")
		}
	}
	return problems
}
