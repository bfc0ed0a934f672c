package bus

import (
	"errors"
	"testing"
)

func TestTheErrorIsTheHandlers(t *testing.T) {
	wrong := errors.New("wrong")
	b := New()
	b.Subscribe("a", func(string, string) error { return wrong })
	if _, err := b.Publish("a", ""); err != wrong {
		t.Error(err)
	}
}
