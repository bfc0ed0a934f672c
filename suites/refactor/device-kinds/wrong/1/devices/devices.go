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
	of, known := kinds[words[0]]
	if !known {
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
	if d.Size < of.least || d.Size > of.most {
		return Device{}, fmt.Errorf("%s: %s", of.sizes, d.Name)
	}
	return d, nil
}

// Describe is what stands on the sign of a device.
func Describe(d Device) string {
	return d.Name + ": " + kindOf(d).sign(d.Size)
}

// Yearly is what a device costs in a year.
func Yearly(d Device) int {
	return kindOf(d).yearly(d.Size)
}

// Due is the day on which a device has to be checked next.
func Due(d Device) int {
	return max(d.Checked, d.Built) + kindOf(d).interval(d.Size)
}

// Problems are what is to be said of a device on a day, a sentence each.
func Problems(d Device, day int) []string {
	problems := []string{}
	if day > Due(d) {
		problems = append(problems, fmt.Sprintf("%s is overdue by %d days", d.Name, day-Due(d)))
	}
	for _, problem := range kindOf(d).problems {
		if problem.is(d.Size, day-d.Built) {
			problems = append(problems, d.Name+" "+problem.words)
		}
	}
	return problems
}
