// Package board writes the boards of a railway station.
package board

// Train is a train at the station; times are minutes of the day.
type Train struct {
	Line      string
	From, To  string
	Arrives   int // -1 where it begins
	Departs   int // -1 where it ends
	Late      int // minutes
	Platform  string
	Cancelled bool
}
