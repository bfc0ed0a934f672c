package index

// View is what an index held at a moment. It never changes, and may be used from many goroutines at once.
type View struct{}

// Hit is a document that was found, with how often the words of the query stand in it.
type Hit struct {
	ID    string
	Count int
}

// Word is a word with the number of documents that have it.
type Word struct {
	Text      string
	Documents int
}

// Version counts the changes that led to this view.
func (v *View) Version() int {
	panic("not written")
}

// Documents is how many there are.
func (v *View) Documents() int {
	panic("not written")
}

// Words are those with a prefix, in their order.
func (v *View) Words(prefix string) []Word {
	panic("not written")
}

// Find has the documents that fit a query.
func (v *View) Find(query string) ([]Hit, error) {
	panic("not written")
}

// Changed names the documents that are not the same in another view of this index.
func (v *View) Changed(since *View) []string {
	panic("not written")
}
