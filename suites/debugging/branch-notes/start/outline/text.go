package outline

import (
	"errors"
	"fmt"
	"strings"
)

const step = 2 // spaces of a level

// Parse reads an outline: a note a line, each level indented by two more spaces. Empty lines mean nothing. The root
// is a note without text. There is no outline where a line is wrong; the error names the line.
func Parse(text string) (*Node, error) {
	root := &Node{}
	open := []*Node{root} // the latest note of each level
	var err error
	for number, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		level, err := levelOf(line, len(open))
		if err != nil {
			err = fmt.Errorf("line %d: %w", number+1, err)
			break
		}
		node := &Node{Text: strings.TrimSpace(line)}
		above := open[level]
		above.Children = append(above.Children, node)
		open = append(open[:level+1], node)
	}
	return root, err
}

// levelOf is the level of a line; at most is the level below the latest note.
func levelOf(line string, most int) (int, error) {
	spaces := len(line) - len(strings.TrimLeft(line, " "))
	if line[spaces] == '\t' {
		return 0, errors.New("indented by a tab")
	}
	if spaces%step != 0 {
		return 0, errors.New("indented by an odd number of spaces")
	}
	if spaces/step >= most {
		return 0, errors.New("indented too far")
	}
	return spaces / step, nil
}

// String writes the notes below a node as Parse reads them.
func (n *Node) String() string {
	var out strings.Builder
	n.write(&out, 0)
	return out.String()
}

func (n *Node) write(out *strings.Builder, level int) {
	for _, child := range n.Children {
		fmt.Fprintf(out, "%s%s\n", strings.Repeat(" ", step*level), child.Text)
		child.write(out, level+1)
	}
}
