package fetch

import "sync"

// cache keeps parts by their names.
type cache struct {
	mu    sync.Mutex
	parts map[string]string
}

func newCache() *cache {
	return &cache{parts: map[string]string{}}
}

func (c *cache) find(name string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	part, there := c.parts[name]
	return part, there
}

func (c *cache) keep(name, part string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.parts[name] = part
}
