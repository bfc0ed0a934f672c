package driver

import (
	"release/version"
	"slices"
)

func drive(emit func(any)) {
	for _, text := range []string{"v10.0.3", "0.0.0", "1.2.3-rc.1", "1.0.0--", "v1.0.0-0a.00b"} {
		v, err := version.Parse(text)
		emit([]any{v.Major, v.Minor, v.Patch, v.Pre, v.String(), err == nil})
	}
	for _, text := range []string{
		"", "v", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.3-", "1.2.3-a..b", "1.2.3-01", "1.2.3-a_b", "1.2.3+5", "V1.2.3",
		" 1.2.3", "1.2.3\n", "-1.2.3", "1.2.99999999999999999999", "vv1.2.3", "1.2.3-rc.1.",
	} {
		_, err := version.Parse(text)
		emit(err)
	}
	order := []string{
		"1.0.0", "1.0.0-rc.2", "1.0.0-beta.11", "1.0.0-beta.2", "1.0.0-alpha", "0.9.9", "1.0.0-alpha.1", "1.0.0-1", "1.10.0",
		"1.9.0", "1.0.0-alpha.beta", "1.0.0-99999999999999999999999", "1.0.0-Zeta", "2.0.0-a", "1.0.0-99999999999999999999998",
	}
	slices.SortFunc(order, func(a, b string) int {
		x, _ := version.Parse(a)
		y, _ := version.Parse(b)
		if version.Less(x, y) {
			return -1
		}
		if version.Less(y, x) {
			return 1
		}
		return 0
	})
	emit(order)
	same, _ := version.Parse("1.2.3-a.1")
	emit(version.Less(same, same))
}
