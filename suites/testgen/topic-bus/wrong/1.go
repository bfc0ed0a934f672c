package bus_test

import (
	"testing"

	"bus"
)

func TestPublish(t *testing.T) {
	b, got := bus.New(), ""
	b.Subscribe("order.*", func(topic, text string) error { got = text; return nil })
	if n, err := b.Publish("order.paid", "42"); n != 1 || err != nil || got != "42" {
		t.Error(n, err, got)
	}
}
