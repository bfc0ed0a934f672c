// Package topic says which topics a pattern fits.
package topic

import (
	"fmt"
	"strings"
)

// Check refuses what is no pattern: parts joined by dots, `*` for any one part, `#` at the end for any number of parts.
func Check(pattern string) error {
	parts := strings.Split(pattern, ".")
	for i, part := range parts {
		if part == "" || part == "#" && i != len(parts)-1 || len(part) > 1 && strings.ContainsAny(part, "*#") {
			return fmt.Errorf("bad pattern: %s", pattern)
		}
	}
	return nil
}

// Match says whether a pattern fits a topic.
func Match(pattern, name string) bool {
	parts, names := strings.Split(pattern, "."), strings.Split(name, ".")
	for i, part := range parts {
		if part == "#" {
			return true
		}
		if i >= len(names) || part != "*" && part != names[i] {
			return false
		}
	}
	return len(parts) == len(names)
}
