package index

import (
	"slices"
	"strings"
)

// posting is a document that has a word, with the places where it stands.
type posting struct {
	id     string
	places []int
}

// postings are in the order of their documents, and never changed: with and without make new ones.
type postings []posting

func (p postings) find(id string) (int, bool) {
	return slices.BinarySearchFunc(p, id, func(one posting, id string) int { return strings.Compare(one.id, id) })
}

func (p postings) with(id string, places []int) postings {
	at, _ := p.find(id)
	return slices.Concat(p[:at], postings{{id, places}}, p[at:])
}

func (p postings) without(id string) postings {
	at, there := p.find(id)
	if !there {
		return p
	}
	return slices.Concat(p[:at], p[at+1:])
}
