package driver

import "notes/outline"

func drive(emit func(any)) {
	root, _ := outline.Parse("a\n  b\n    c\n      d\n      e\n      f\n    g\n  h\n")
	emit(root.Paths())
	emit(root.Paths())
	root, _ = outline.Parse("1\n  2\n    3\n      4\n        5\n          6\n            7\n            8\n          9\n        10\n          11\n          12\n")
	emit(root.Paths())
	emit(root.Children[0].Children[0].Children[0].Paths())
}
