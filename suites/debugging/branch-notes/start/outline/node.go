// Package outline keeps notes in an outline.
package outline

import "strings"

const doneMark = "[x] "

// Node is a note with the notes below it.
type Node struct {
	Text     string
	Children []*Node
}

// Paths are the ways from the root to every note that has no notes below it, such as "home / garden / roses".
func (n *Node) Paths() []string {
	var lines []string
	for _, path := range n.paths(nil) {
		lines = append(lines, strings.Join(path, " / "))
	}
	return lines
}

func (n *Node) paths(path []string) [][]string {
	if len(n.Children) == 0 && len(path) > 0 {
		return [][]string{path}
	}
	var paths [][]string
	for _, child := range n.Children {
		paths = append(paths, child.paths(append(path, child.Text))...)
	}
	return paths
}

// Count is the number of notes below this one, at any depth.
func (n *Node) Count() int {
	count := len(n.Children)
	for _, child := range n.Children {
		count += child.Count()
	}
	return count
}

// Prune takes away all notes below this one that are done, with everything below them.
func (n *Node) Prune() {
	for i, child := range n.Children {
		if child.isDone() {
			n.Children = append(n.Children[:i], n.Children[i+1:]...)
			continue
		}
		child.Prune()
	}
}

func (n *Node) isDone() bool {
	return strings.HasPrefix(n.Text, doneMark)
}
