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
	Points   = 64
	Heaviest = 100
)

var ErrWeight = errors.New("a weight is from 0 to 100")

type Ring struct {
	points  []point
	weights map[string]int
}

type point struct {
	at   uint64
	node string
}

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

// Home panics if the ring has no nodes.
func (r *Ring) Home(key string) (string, bool) {
	homes := r.Homes(key, 1)
	if homes == nil {
		return "", false
	}
	return homes[0], true
}

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
