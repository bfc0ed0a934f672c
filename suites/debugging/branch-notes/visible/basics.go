package driver

import "notes/outline"

func drive(emit func(any)) {
	root, err := outline.Parse("home\n  garden\n    roses\n  [x] kitchen\n  [x] bath\n  attic\n")
	emit(err)
	emit(root.Paths())
	root.Prune()
	emit(root.String())
}
