// Package gitlog reads what `git log --format=medium` printed.
package gitlog

import "strings"

// Commit is one change.
type Commit struct {
	Hash    string
	Subject string
	Body    []string // lines
}

// Parse reads commits in the order in which they stand. Messages are indented by four spaces.
func Parse(text string) []Commit {
	var commits []Commit
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if hash, found := strings.CutPrefix(line, "commit "); found {
			hash, _, _ = strings.Cut(hash, " ")
			commits = append(commits, Commit{Hash: hash})
			continue
		}
		message, found := strings.CutPrefix(line, "    ")
		if !found || len(commits) == 0 {
			continue
		}
		last := &commits[len(commits)-1]
		if last.Subject == "" {
			last.Subject = strings.TrimSpace(message)
		} else {
			last.Body = append(last.Body, message)
		}
	}
	return commits
}
