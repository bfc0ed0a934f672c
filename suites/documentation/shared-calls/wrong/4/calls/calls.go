// Package calls lets goroutines that want the same at the same time share one call of a function.
package calls

import (
	"context"
	"fmt"
	"sync"
)

// Panicked is the error of a call whose function panicked.
type Panicked struct {
	// Value is what the function panicked with.
	Value any
}

// Error says what the function panicked with.
func (p *Panicked) Error() string {
	return fmt.Sprintf("the function panicked: %v", p.Value)
}

// Group has the calls that are under way, by their keys. Its zero value is ready to use, by any number of goroutines at
// once. It must not be copied after its first use.
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

// Do returns what run returns. While a call with the same key is under way run is not called, and the caller waits for the
// result of that call, be it a value or an error. A result is not kept: the next Do after the end of a call begins a new one.
//
// The context of a caller ends its own waiting only: Do then returns the context's cause, and the call goes on for the
// others. The context of run has the values of the caller that began it, without its deadline, and is cancelled when the
// last caller has stopped waiting; a Do after that begins a new call. With a context that is done already run is not called.
//
// If run panics all callers get an error of type *Panicked.
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

// Forget lets the next Do with a key begin a new call even while one is under way. Those who wait for that one still get
// its result. A key without a call is no error.
func (g *Group[V]) Forget(key string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	delete(g.calls, key)
}

// Running is the number of keys with a call that can still be joined; forgotten calls do not count.
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
