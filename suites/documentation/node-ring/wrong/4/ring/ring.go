// Package ring gives keys a home among nodes, such that few keys move when nodes come and go.
package ring

import (
	"cmp"
	"errors"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
)

const (
	// Points is the number of points on the circle that a node has for each unit of its weight.
	Points = 64
	// Heaviest is the largest weight of a node.
	Heaviest = 100
)

// ErrWeight is the error for a weight below 0 or above Heaviest.
var ErrWeight = errors.New("a weight is from 0 to 100")

// Ring has nodes with weights. Its zero value has none and is ready to use. Several goroutines may read it at once, but
// none may while Set runs.
type Ring struct {
	points  []point
	weights map[string]int
}

type point struct {
	at   uint64
	node string
}

// Set gives a node a weight, in place of the one that it had; a node of weight 0 is taken off. A node with twice the
// weight gets about twice as many keys. Keys move only to a node that becomes heavier, or away from one that becomes
// lighter; all others stay. For a weight below 0 or above Heaviest the error is ErrWeight, and the ring stays as it is.
func (r *Ring) Set(node string, weight int) error {
	if weight < 0 || weight > Heaviest {
		return ErrWeight
	}
	if r.weights == nil {
		r.weights = map[string]int{}
	}
	r.points = slices.DeleteFunc(r.points, func(p point) bool { return p.node == node })
	delete(r.weights, node)
	if weight == 0 {
		return nil
	}
	r.weights[node] = weight
	for number := range Points * weight {
		r.points = append(r.points, point{hash(node + "#" + strconv.Itoa(number)), node})
	}
	slices.SortFunc(r.points, func(a, b point) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.node, b.node))
	})
	return nil
}

// Home is the node of a key, and false if there are no nodes. It depends on the key, the nodes and their weights alone: on
// every machine it is the same, in whatever order the nodes were set.
func (r *Ring) Home(key string) (string, bool) {
	homes := r.Homes(key, 1)
	if homes == nil {
		return "", false
	}
	return homes[0], true
}

// Homes are the first nodes for a key, at most count of them, for copies. They differ from each other, and the first is
// that of Home; where there are fewer nodes than count it is all of them. With no nodes, or a count below 1, it is nil.
func (r *Ring) Homes(key string, count int) []string {
	start, _ := slices.BinarySearchFunc(r.points, hash(key), func(p point, at uint64) int {
		return cmp.Compare(p.at, at)
	})
	var homes []string
	for step := range r.points {
		if len(homes) >= min(count, len(r.weights)) {
			break
		}
		node := r.points[(start+step)%len(r.points)].node
		if !slices.Contains(homes, node) {
			homes = append(homes, node)
		}
	}
	return homes
}

// Moved are those of the keys whose home is another one in the other ring, in the order in which they are given.
func (r *Ring) Moved(other *Ring, keys []string) []string {
	var moved []string
	for _, key := range keys {
		here, _ := r.Home(key)
		if there, _ := other.Home(key); here != there {
			moved = append(moved, key)
		}
	}
	return moved
}

// Clone is a copy that no longer changes with the ring.
func (r *Ring) Clone() *Ring {
	return &Ring{slices.Clone(r.points), maps.Clone(r.weights)}
}

func hash(text string) uint64 {
	sum := fnv.New64a()
	sum.Write([]byte(text))
	at := sum.Sum64()
	at = (at ^ at>>33) * 0xff51afd7ed558ccd
	at = (at ^ at>>33) * 0xc4ceb9fe1a85ec53
	return at ^ at>>33
}
