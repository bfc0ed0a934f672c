// Package index finds documents by their words while they change.
package index

import (
	"sync"
	"sync/atomic"
	"wordindex/words"
)

// Index holds documents. It may be used from many goroutines at once.
type Index struct {
	mu  sync.Mutex // held by those who change it
	now atomic.Pointer[View]
}

// Change puts a document, or deletes it.
type Change struct {
	ID     string
	Text   string
	Delete bool
}

// New is an index without documents.
func New() *Index {
	x := &Index{}
	x.now.Store(&View{docs: &table[string]{}, words: &table[postings]{}})
	return x
}

// Apply makes all changes at once and says how many changed anything.
func (x *Index) Apply(changes ...Change) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	before := x.now.Load()
	next := *before
	next.docs, next.words = before.docs.copied(), before.words.copied()
	for _, c := range changes {
		text, there := next.docs.get(c.ID)
		if c.Delete && !there || !c.Delete && there && text == c.Text {
			continue
		}
		next.version++
		if there {
			next.remove(c.ID, text)
		}
		if !c.Delete {
			next.put(c.ID, c.Text)
		}
	}
	if next.version > before.version {
		x.now.Store(&next)
	}
	return next.version - before.version
}

// View is what the index holds now.
func (x *Index) View() *View {
	return x.now.Load()
}

func (v *View) put(id, text string) {
	v.docs.set(id, text)
	v.documents++
	for word, places := range places(text) {
		postings, _ := v.words.get(word)
		v.words.set(word, postings.with(id, places))
	}
}

func (v *View) remove(id, text string) {
	v.docs.unset(id)
	v.documents--
	for word := range places(text) {
		postings, _ := v.words.get(word)
		v.words.set(word, postings.without(id))
	}
}

// places says where the words of a text stand.
func places(text string) map[string][]int {
	all := map[string][]int{}
	for at, word := range words.Split(text) {
		all[word] = append(all[word], at)
	}
	return all
}
