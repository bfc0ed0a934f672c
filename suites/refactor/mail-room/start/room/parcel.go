package room

// Parcel is something that waits for somebody.
type Parcel struct {
	Number int
	Owner  string
	Grams  int
	Day    int // on which it came
	shelf  int
}

// Shelf is where it lies, from 1.
func (p Parcel) Shelf() int {
	return p.shelf
}
