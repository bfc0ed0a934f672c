// Package shelf keeps things that were used lately.
package shelf

import "slices"

// Shelf carries things.
type Shelf struct {
	most, weight int
	things       []thing // the one that was used last in front
	hits, misses int
}

type thing struct {
	name   string
	weight int
	value  any
}

// New is an empty shelf.
func New(most int) *Shelf {
	return &Shelf{most: most}
}

// Put puts a thing on the shelf.
func (s *Shelf) Put(name string, weight int, value any) bool {
	weight = max(1, weight)
	s.drop(s.find(name))
	if weight > s.most {
		return false
	}
	s.things = slices.Insert(s.things, 0, thing{name, weight, value})
	s.weight += weight
	s.shrink()
	return true
}

// Get is the value of a thing, which is used by it.
func (s *Shelf) Get(name string) (any, bool) {
	at := s.find(name)
	if at < 0 {
		s.misses++
		return nil, false
	}
	s.hits++
	used := s.things[at]
	s.things = slices.Insert(slices.Delete(s.things, at, at+1), 0, used)
	return used.value, true
}

// Peek is the value of a thing.
func (s *Shelf) Peek(name string) (any, bool) {
	at := s.find(name)
	if at < 0 {
		return nil, false
	}
	return s.things[at].value, true
}

// Names are those of all things.
func (s *Shelf) Names() []string {
	var names []string
	for _, each := range s.things {
		names = append(names, each.name)
	}
	return names
}

// Weight is what the shelf carries.
func (s *Shelf) Weight() int {
	return s.weight
}

// Resize changes how much the shelf carries.
func (s *Shelf) Resize(most int) int {
	s.most = most
	return s.shrink()
}

// Stats counts calls of Get.
func (s *Shelf) Stats() (hits, misses int) {
	return s.hits, s.misses
}

func (s *Shelf) find(name string) int {
	return slices.IndexFunc(s.things, func(each thing) bool { return each.name == name })
}

func (s *Shelf) drop(at int) {
	if at < 0 {
		return
	}
	s.weight -= s.things[at].weight
	s.things = slices.Delete(s.things, at, at+1)
}

func (s *Shelf) shrink() int {
	gone := 0
	for s.weight > s.most && len(s.things) > 0 {
		s.drop(len(s.things) - 1)
		gone++
	}
	return gone
}
