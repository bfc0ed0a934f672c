package driver

import "notes/outline"

func drive(emit func(any)) {
	root, err := outline.Parse("a\n  b\n    c\n  d\n\ne f\n")
	emit(err)
	emit(root.String())
	emit(root.Paths())
	emit([]int{root.Count(), root.Children[0].Count(), len(root.Children)})
	root, _ = outline.Parse(" \n\n")
	emit([]any{root.Count(), len(root.Paths()), root.String()})
	root.Prune()
	root, _ = outline.Parse("a\n  [x] b\n    c\nd\n  [ ] e\n[x]f\n[x] g\n")
	root.Prune()
	emit(root.String())
}
