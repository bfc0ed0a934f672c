package routes

import "slices"

// Network holds roads.
type Network struct {
	roads map[string]map[string]int
}

type way struct {
	cost   int
	places []string
}

// New makes a network without roads.
func New() *Network { return &Network{map[string]map[string]int{}} }

// Add adds a road.
func (n *Network) Add(from, to string, cost int) {
	if from == to || cost < 0 {
		return
	}
	for _, end := range [][2]string{{from, to}, {to, from}} {
		if n.roads[end[0]] == nil {
			n.roads[end[0]] = map[string]int{}
		}
		if has, ok := n.roads[end[0]][end[1]]; !ok || cost < has {
			n.roads[end[0]][end[1]] = cost
		}
	}
}

// Cost is that of a cheapest way.
func (n *Network) Cost(from, to string) int {
	if way, ok := n.ways(from)[to]; ok {
		return way.cost
	}
	return -1
}

// Path is a cheapest way.
func (n *Network) Path(from, to string) []string {
	return n.ways(from)[to].places
}

// Farthest is the place that costs most to reach.
func (n *Network) Farthest(from string) string {
	farthest, most := "", -1
	for place, way := range n.ways(from) {
		// the order of a map is never the same
		if way.cost > most || (way.cost == most && place < farthest) {
			farthest, most = place, way.cost
		}
	}
	if most == 0 && from < farthest {
		return from
	}
	return farthest
}

// ways are the best ways to all places that can be reached.
func (n *Network) ways(from string) map[string]way {
	done := map[string]way{}
	if n.roads[from] == nil {
		return done
	}
	open := map[string]way{from: {0, []string{from}}}
	for len(open) > 0 {
		at := ""
		for place, way := range open {
			if at == "" || better(way, open[at]) {
				at = place
			}
		}
		here := open[at]
		delete(open, at)
		done[at] = here
		for to, cost := range n.roads[at] {
			if _, ok := done[to]; ok {
				continue
			}
			next := way{here.cost + cost, append(slices.Clone(here.places), to)}
			if has, ok := open[to]; !ok || better(next, has) {
				open[to] = next
			}
		}
	}
	return done
}

func better(one, other way) bool {
	if one.cost != other.cost {
		return one.cost < other.cost
	}
	if len(one.places) != len(other.places) {
		return len(one.places) < len(other.places)
	}
	return slices.Compare(one.places, other.places) < 0
}
