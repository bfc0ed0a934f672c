// Package index finds documents by their words while they change.
package index

// Index holds documents. It may be used from many goroutines at once.
type Index struct{}

// Change puts a document, or deletes it.
type Change struct {
	ID     string
	Text   string
	Delete bool
}

// New is an index without documents.
func New() *Index {
	panic("not written")
}

// Apply makes all changes at once and says how many changed anything.
func (x *Index) Apply(changes ...Change) int {
	panic("not written")
}

// View is what the index holds now.
func (x *Index) View() *View {
	panic("not written")
}
