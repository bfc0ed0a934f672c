package history

import (
	"slices"
	"strings"
)

// History keeps lines.
type History struct {
	most  int
	lines []string
}

// New makes an empty history.
func New(most int) *History {
	return &History{most: most}
}

// Add adds a line.
func (h *History) Add(line string) {
	if line == "" || (len(h.lines) > 0 && h.lines[len(h.lines)-1] == line) {
		return
	}
	h.lines = append(h.lines, line)
	h.cut()
}

// Lines are all lines.
func (h *History) Lines() []string {
	return slices.Clone(h.lines)
}

// Before finds an earlier line.
func (h *History) Before(prefix string, at int) (string, int) {
	for i := min(at, len(h.lines)) - 1; i >= 0; i-- {
		if strings.HasPrefix(h.lines[i], prefix) {
			return h.lines[i], i
		}
	}
	return "", -1
}

// Insert puts lines between others.
func (h *History) Insert(at int, lines ...string) {
	if at < 0 || at > len(h.lines) {
		return
	}
	rest := slices.Clone(h.lines[at:])
	lines = slices.Clip(lines) // so that appending copies it
	h.lines = append(h.lines[:at:at], append(lines, rest...)...)
	h.cut()
}

// Drop takes lines away.
func (h *History) Drop(line string) int {
	before := len(h.lines)
	h.lines = slices.DeleteFunc(h.lines, func(other string) bool { return other == line })
	return before - len(h.lines)
}

func (h *History) cut() {
	if over := len(h.lines) - h.most; over > 0 {
		h.lines = slices.Clone(h.lines[over:])
	}
}
