// Package seats names the seats of a theatre.
package seats

// Label is the name of a seat.
func Label(row, seat int) (string, error) {
	panic("not written")
}

// Parse reads the name of a seat.
func Parse(label string) (row, seat int, err error) {
	panic("not written")
}
