// Package order decides in which order things are built.
package order

import (
	"maps"
	"slices"
	"strings"
)

// CycleError is a circle of things that need each other.
type CycleError struct{ Names []string }

// Error shows the circle.
func (e *CycleError) Error() string { return "a circle: " + strings.Join(e.Names, " → ") }

// Graph knows what needs what.
type Graph struct{ needs map[string][]string }

// New makes an empty graph.
func New() *Graph { return &Graph{map[string][]string{}} }

// Add adds a thing with what it needs.
func (g *Graph) Add(name string, needs ...string) {
	g.add(name)
	for _, need := range needs {
		if need == name {
			continue
		}
		g.add(need)
		if !slices.Contains(g.needs[name], need) {
			g.needs[name] = append(g.needs[name], need)
		}
	}
}

func (g *Graph) add(name string) {
	if g.needs[name] == nil {
		g.needs[name] = []string{}
	}
}

// Order is an order in which everything can be built.
func (g *Graph) Order() ([]string, error) {
	order := []string{}
	done := map[string]bool{}
	for len(done) < len(g.needs) {
		stage := g.ready(done)
		if len(stage) == 0 {
			return nil, g.cycle(done)
		}
		order = append(order, stage[0])
		done[order[len(order)-1]] = true
	}
	return order, nil
}

// Stages are groups that can be built together.
func (g *Graph) Stages() ([][]string, error) {
	stages := [][]string{}
	done := map[string]bool{}
	for len(done) < len(g.needs) {
		stage := g.ready(done)
		if len(stage) == 0 {
			return nil, g.cycle(done)
		}
		stages = append(stages, stage)
		for _, name := range stage {
			done[name] = true
		}
	}
	return stages, nil
}

// ready is what can be built next.
func (g *Graph) ready(done map[string]bool) []string {
	ready := []string{}
	for _, name := range g.names() {
		met := true
		for _, need := range g.needs[name] {
			met = met && done[need]
		}
		if !done[name] && met {
			ready = append(ready, name)
		}
	}
	return ready
}

// cycle is a circle among what cannot be built.
func (g *Graph) cycle(done map[string]bool) error {
	path := []string{}
	name := ""
	for _, one := range g.names() {
		if !done[one] {
			name = one
			break
		}
	}
	for {
		if at := slices.Index(path, name); at >= 0 {
			circle := slices.Clone(path[at:])
			least := slices.Index(circle, slices.Min(circle))
			return &CycleError{append(circle[least:], circle[:least]...)}
		}
		path = append(path, name)
		if len(path) > len(g.needs) {
			return &CycleError{path}
		}
		for _, need := range g.needs[name] {
			if !done[need] {
				name = need
				break
			}
		}
	}
}

// Needs is all that a thing needs.
func (g *Graph) Needs(name string) []string {
	reached := map[string]bool{}
	waiting := []string{name}
	for len(waiting) > 0 {
		at := waiting[0]
		waiting = waiting[1:]
		for _, need := range g.needs[at] {
			if reached[need] {
				continue
			}
			reached[need] = true
			waiting = append(waiting, need)
		}
	}
	needs := []string{}
	for _, other := range g.names() {
		if reached[other] {
			needs = append(needs, other)
		}
	}
	return needs
}

// NeededBy is all that needs a thing.
func (g *Graph) NeededBy(name string) []string {
	by := []string{}
	for _, other := range g.names() {
		if slices.Contains(g.Needs(other), name) {
			by = append(by, other)
		}
	}
	return by
}

func (g *Graph) names() []string {
	all := slices.Collect(maps.Keys(g.needs))
	slices.Sort(all)
	return all
}
