package timers

import "testing"

func TestAlarm(t *testing.T) {
	c := &Clock{}
	c.At(5, "a")
	c.Every(2, 2, "b")
	if got := c.Advance(5); len(got) != 3 || got[0].Name != "b" || got[2].Name != "a" {
		t.Errorf("%v", got)
	}
	if c.Pending() != 1 {
		t.Error("one comes back")
	}
}
