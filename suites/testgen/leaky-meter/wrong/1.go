package meter_test

import (
	"testing"

	"meter"
)

func TestExample(t *testing.T) {
	m, err := meter.New(10, 2)
	if err != nil {
		t.Fatal(err)
	}
	if ok, _ := m.Add(0, 6); !ok {
		t.Error("six units fit")
	}
	if got := m.Level(1); got != 4 {
		t.Errorf("level is %d", got)
	}
}
