// Package seats names the seats of a theatre.
package seats

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	letters = "ABCDEFGHIJKLMNPQRSTUVWXYZ"
	highest = 99
)

// Label is the name of a seat.
func Label(row, seat int) (string, error) {
	if row < 1 || row > len(letters) {
		return "", fmt.Errorf("no seat in row %d", row)
	}
	if seat < 1 || seat > highest {
		return "", fmt.Errorf("no seat %d", seat)
	}
	return fmt.Sprintf("%c%d", letters[row-1], seat), nil
}

// Parse reads the name of a seat.
func Parse(label string) (row, seat int, err error) {
	if label != "" {
		row = strings.Index(letters, strings.ToUpper(label[:1])) + 1
		seat, _ = strconv.Atoi(label[1:])
	}
	if written, err := Label(row, seat); err != nil || written != strings.ToUpper(label) {
		return 0, 0, fmt.Errorf("no label: %s", label)
	}
	return row, seat, nil
}
