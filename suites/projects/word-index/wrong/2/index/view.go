package index

import (
	"slices"
	"strings"
)

// View is what an index held at a moment. It never changes, and may be used from many goroutines at once.
type View struct {
	version   int
	documents int
	docs      *table[string]
	words     *table[postings]
}

// Hit is a document that was found, with how often the words of the query stand in it.
type Hit struct {
	ID    string
	Count int
}

// Word is a word with the number of documents that have it.
type Word struct {
	Text      string
	Documents int
}

// Version counts the changes that led to this view.
func (v *View) Version() int {
	return v.version
}

// Documents is how many there are.
func (v *View) Documents() int {
	return v.documents
}

// Words are those with a prefix, in their order.
func (v *View) Words(prefix string) []Word {
	prefix = strings.ToLower(prefix)
	var all []Word
	for word, postings := range v.words.all() {
		if strings.HasPrefix(word, prefix) {
			all = append(all, Word{word, len(postings)})
		}
	}
	slices.SortFunc(all, func(a, b Word) int { return strings.Compare(a.Text, b.Text) })
	return all
}

// Find has the documents that fit a query.
func (v *View) Find(query string) ([]Hit, error) {
	parts, err := parse(query)
	if err != nil {
		return nil, err
	}
	var counts map[string]int
	for _, p := range parts {
		if p.without {
			continue
		}
		fitting := v.count(p)
		for id := range counts {
			if fitting[id] == 0 {
				delete(counts, id)
			} else {
				counts[id] += fitting[id]
			}
		}
		if counts == nil {
			counts = fitting
		}
	}
	for _, p := range parts {
		if p.without {
			for id := range v.count(p) {
				delete(counts, id)
			}
		}
	}
	hits := make([]Hit, 0, len(counts))
	for id, count := range counts {
		hits = append(hits, Hit{id, count})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.ID, b.ID)
	})
	return hits, nil
}

// count says at how many places of documents a part fits.
func (v *View) count(p part) map[string]int {
	last := len(p.words) - 1
	starts := v.standing(p.words[0], p.prefix && last == 0)
	for i, word := range p.words[1:] {
		places := v.standing(word, p.prefix && i+1 == last)
		for id := range starts {
			starts[id] = slices.DeleteFunc(starts[id], func(at int) bool {
				_, there := slices.BinarySearch(places[id], at+i+1)
				return !there
			})
		}
	}
	counts := map[string]int{}
	for id, places := range starts {
		if len(places) > 0 {
			counts[id] = len(places)
		}
	}
	return counts
}

// standing says where a word, or every word with a prefix, stands in documents. The caller may change it.
func (v *View) standing(word string, prefix bool) map[string][]int {
	all := map[string][]int{}
	add := func(p postings) {
		for _, one := range p {
			all[one.id] = slices.Concat(all[one.id], one.places)
		}
	}
	if !prefix {
		p, _ := v.words.get(word)
		add(p)
		return all
	}
	for each, p := range v.words.all() {
		if strings.HasPrefix(each, word) {
			add(p)
		}
	}
	for _, places := range all {
		slices.Sort(places)
	}
	return all
}

// Changed names the documents that are not the same in another view of this index.
func (v *View) Changed(since *View) []string {
	var all []string
	for id, text := range v.docs.all() {
		if before, there := since.docs.get(id); !there || before != text {
			all = append(all, id)
		}
	}
	for id := range since.docs.all() {
		if _, there := v.docs.get(id); !there {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}
