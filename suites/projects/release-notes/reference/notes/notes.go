// Package notes says what is new in a version, and which number it has.
package notes

import (
	"cmp"
	"fmt"
	"regexp"
	"release/gitlog"
	"release/version"
	"slices"
	"strings"
)

var (
	subject = regexp.MustCompile(`^([a-z]+)(?:\(([^()]+)\))?(!)?: +(\S.*)$`)
	revert  = regexp.MustCompile(`^This reverts commit ([0-9a-f]{7,})\.$`)
)

var titles = []struct{ kind, title string }{
	{"breaking", "Breaking changes"},
	{"feat", "Features"},
	{"fix", "Fixes"},
	{"perf", "Performance"},
}

// change is a commit as users see it.
type change struct {
	kind  string // breaking, or what the subject says; empty without
	scope string
	text  string
	hash  string
}

// Next is the version after the last one; false if nothing leads to one.
func Next(last version.Version, commits []gitlog.Commit) (version.Version, bool) {
	kinds := map[string]bool{}
	for _, c := range changes(commits) {
		kinds[c.kind] = true
	}
	next := last
	next.Pre = ""
	pre := last.Pre != ""
	switch {
	case kinds["breaking"] && last.Major > 0:
		if !pre || last.Minor != 0 || last.Patch != 0 {
			next = version.Version{Major: last.Major + 1}
		}
	case kinds["breaking"] || kinds["feat"]:
		if !pre || last.Patch != 0 {
			next = version.Version{Major: last.Major, Minor: last.Minor + 1}
		}
	case kinds["fix"] || kinds["perf"]:
		if !pre {
			next.Patch++
		}
	default:
		return last, false
	}
	return next, true
}

// Write is the text for users.
func Write(v version.Version, commits []gitlog.Commit) string {
	sections := map[string][]change{}
	for _, c := range changes(commits) {
		sections[c.kind] = append(sections[c.kind], c)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "# %s\n", v)
	empty := true
	for _, section := range titles {
		lines := sections[section.kind]
		if len(lines) == 0 {
			continue
		}
		empty = false
		slices.SortStableFunc(lines, func(a, b change) int { return cmp.Compare(a.scope, b.scope) })
		fmt.Fprintf(&text, "\n## %s\n\n", section.title)
		for _, c := range lines {
			text.WriteString(c.line())
		}
	}
	if empty {
		text.WriteString("\nNothing that users notice.\n")
	}
	return text.String()
}

func (c change) line() string {
	scope := ""
	if c.scope != "" {
		scope = "**" + c.scope + ":** "
	}
	return fmt.Sprintf("- %s%s (%s)\n", scope, c.text, c.hash[:min(7, len(c.hash))])
}

// changes are those that nothing took back, the oldest first.
func changes(commits []gitlog.Commit) []change {
	gone := reverted(commits)
	var all []change
	for i, commit := range slices.Backward(commits) {
		if !gone[i] {
			all = append(all, read(commit))
		}
	}
	return all
}

func read(commit gitlog.Commit) change {
	c := change{text: commit.Subject, hash: commit.Hash}
	if match := subject.FindStringSubmatch(commit.Subject); match != nil {
		c.kind, c.scope, c.text = match[1], match[2], match[4]
		if match[3] != "" {
			c.kind = "breaking"
		}
	}
	for _, line := range commit.Body {
		if strings.HasPrefix(line, "BREAKING CHANGE: ") {
			c.kind = "breaking"
		}
	}
	return c
}

// reverted marks commits that were taken back, and those that did it. The newest stand first.
func reverted(commits []gitlog.Commit) map[int]bool {
	gone := map[int]bool{}
	for i, commit := range commits {
		if gone[i] {
			continue
		}
		for _, line := range commit.Body {
			match := revert.FindStringSubmatch(line)
			if match == nil {
				continue
			}
			for j := i + 1; j < len(commits); j++ {
				if strings.HasPrefix(commits[j].Hash, match[1]) && !gone[j] {
					gone[i], gone[j] = true, true
					break
				}
			}
		}
	}
	return gone
}
