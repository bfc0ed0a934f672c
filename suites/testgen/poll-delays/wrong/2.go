package delays

import "testing"

func TestTheErrorItself(t *testing.T) {
	if err := (Plan{}).Valid(); err != ErrPlan {
		t.Error(err)
	}
}
