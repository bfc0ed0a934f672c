// Package version reads and compares version numbers.
package version

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	shape  = regexp.MustCompile(`^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-(.*))?$`)
	part   = regexp.MustCompile(`^[0-9A-Za-z-]+$`)
	digits = regexp.MustCompile(`^[0-9]+$`)
)

// Version is a version number; Pre is empty for releases.
type Version struct {
	Major, Minor, Patch int
	Pre                 string
}

// Parse reads a version, with or without a v.
func Parse(text string) (Version, error) {
	match := shape.FindStringSubmatch(text)
	bad := fmt.Errorf("bad version: %s", text)
	if match == nil || strings.HasSuffix(text, "-") && match[4] == "" {
		return Version{}, bad
	}
	var numbers [3]int
	for i := range numbers {
		number, err := strconv.Atoi(match[i+1])
		if err != nil {
			return Version{}, bad
		}
		numbers[i] = number
	}
	if pre := match[4]; pre != "" {
		for _, p := range strings.Split(pre, ".") {
			if !part.MatchString(p) || digits.MatchString(p) && len(p) > 1 && p[0] == '0' {
				return Version{}, bad
			}
		}
	}
	return Version{numbers[0], numbers[1], numbers[2], match[4]}, nil
}

// String writes a version with a v.
func (v Version) String() string {
	text := fmt.Sprintf("v%d.%d.%d", v.Major, v.Minor, v.Patch)
	if v.Pre != "" {
		text += "-" + v.Pre
	}
	return text
}

// Less says whether a comes before b.
func Less(a, b Version) bool {
	for _, pair := range [][2]int{{a.Major, b.Major}, {a.Minor, b.Minor}, {a.Patch, b.Patch}} {
		if pair[0] != pair[1] {
			return pair[0] < pair[1]
		}
	}
	if a.Pre == "" || b.Pre == "" {
		return a.Pre != "" && b.Pre == ""
	}
	these, those := strings.Split(a.Pre, "."), strings.Split(b.Pre, ".")
	for i := range min(len(these), len(those)) {
		if these[i] != those[i] {
			return partLess(these[i], those[i])
		}
	}
	return len(these) < len(those)
}

func partLess(a, b string) bool {
	aNumber, bNumber := digits.MatchString(a), digits.MatchString(b)
	switch {
	case aNumber && bNumber && len(a) != len(b): // they may be longer than any integer
		return len(a) < len(b)
	case aNumber != bNumber:
		return aNumber
	}
	return a < b
}
