package calls

import (
	"context"
	"fmt"
	"sync"
)

// Panicked is what every caller panics with when the function has panicked.
type Panicked struct {
	Value any
}

func (p *Panicked) Error() string {
	return fmt.Sprintf("the function panicked: %v", p.Value)
}

type Group[V any] struct {
	mutex sync.Mutex
	calls map[string]*call[V]
}

type call[V any] struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	value   V
	err     error
}

// Do runs a function. When the context of the first caller is cancelled all callers fail.
func (g *Group[V]) Do(ctx context.Context, key string, run func(context.Context) (V, error)) (V, bool, error) {
	var none V
	if ctx.Err() != nil {
		return none, false, context.Cause(ctx)
	}
	g.mutex.Lock()
	shared, joined := g.calls[key]
	if !joined {
		inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
		shared = &call[V]{done: make(chan struct{}), cancel: cancel}
		if g.calls == nil {
			g.calls = map[string]*call[V]{}
		}
		g.calls[key] = shared
		go g.work(inner, key, shared, run)
	}
	shared.waiting++
	g.mutex.Unlock()
	select {
	case <-shared.done:
		return shared.value, joined, shared.err
	case <-ctx.Done():
		g.leave(key, shared)
		return none, joined, context.Cause(ctx)
	}
}

func (g *Group[V]) Forget(key string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	delete(g.calls, key)
}

func (g *Group[V]) Running() int {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return len(g.calls)
}

func (g *Group[V]) work(ctx context.Context, key string, shared *call[V], run func(context.Context) (V, error)) {
	defer func() {
		if value := recover(); value != nil {
			shared.err = &Panicked{value}
		}
		g.mutex.Lock()
		g.drop(key, shared)
		g.mutex.Unlock()
		shared.cancel()
		close(shared.done)
	}()
	shared.value, shared.err = run(ctx)
}

func (g *Group[V]) leave(key string, shared *call[V]) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	shared.waiting--
	if shared.waiting == 0 {
		g.drop(key, shared)
		shared.cancel()
	}
}

func (g *Group[V]) drop(key string, shared *call[V]) {
	if g.calls[key] == shared {
		delete(g.calls, key)
	}
}
