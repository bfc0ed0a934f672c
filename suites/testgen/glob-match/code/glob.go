// Package glob matches paths.
package glob

import "errors"

// ErrPattern says that a pattern is none.
var ErrPattern = errors.New("bad pattern")

// Match tells whether a path fits a pattern.
func Match(pattern, path string) (bool, error) {
	parts, err := parse([]rune(pattern))
	if err != nil {
		return false, err
	}
	return fits(parts, []rune(path)), nil
}

func fits(parts []part, path []rune) bool {
	if len(parts) == 0 {
		return len(path) == 0
	}
	first, rest := parts[0], parts[1:]
	if first.kind == star || first.kind == stars {
		for i := range path {
			if fits(rest, path[i:]) {
				return true
			}
			if path[i] == '/' && first.kind == star {
				return false
			}
		}
		return fits(rest, nil)
	}
	return len(path) > 0 && first.has(path[0]) && fits(rest, path[1:])
}
