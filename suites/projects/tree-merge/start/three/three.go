// Package three merges two changed copies of a document.
package three

type absent struct{}

// Absent stands for a value that is not there.
var Absent any = absent{}

// Conflict is a place that was changed in two ways.
type Conflict struct {
	Path               string
	Base, Ours, Theirs any
}

// Merge brings two copies of base together.
func Merge(base, ours, theirs any) (any, []Conflict) {
	panic("not written")
}

// Resolve puts a value in the place of a conflict.
func Resolve(result any, c Conflict, value any) (any, error) {
	panic("not written")
}
