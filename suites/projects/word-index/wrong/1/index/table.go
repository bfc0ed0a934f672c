package index

import (
	"hash/maphash"
	"iter"
	"maps"
)

const shards = 256

var seed = maphash.MakeSeed()

// table is a map that is cheap to copy: a copy shares the shards that it does not change.
type table[V any] struct {
	shards [shards]map[string]V
	own    [shards]bool // those that this table does not share
}

func (t *table[V]) copied() *table[V] {
	return &table[V]{shards: t.shards}
}

func shard(key string) int {
	return int(maphash.String(seed, key) % shards)
}

func (t *table[V]) get(key string) (V, bool) {
	value, there := t.shards[shard(key)][key]
	return value, there
}

func (t *table[V]) set(key string, value V) {
	t.writable(key)[key] = value
}

func (t *table[V]) unset(key string) {
	delete(t.writable(key), key)
}

func (t *table[V]) writable(key string) map[string]V {
	at := shard(key)
	if !t.own[at] {
		t.own[at] = true
		if t.shards[at] = maps.Clone(t.shards[at]); t.shards[at] == nil {
			t.shards[at] = map[string]V{}
		}
	}
	return t.shards[at]
}

func (t *table[V]) all() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, part := range t.shards {
			for key, value := range part {
				if !yield(key, value) {
					return
				}
			}
		}
	}
}
