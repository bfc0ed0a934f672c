package glob

type kind int

const (
	class kind = iota
	star
	stars
)

// part is a part of a pattern; a class has letters from the first to the second of each pair.
type part struct {
	kind  kind
	pairs [][2]rune
	not   bool
}

func (p part) has(letter rune) bool {
	for _, pair := range p.pairs {
		if pair[0] <= letter && letter <= pair[1] {
			return !p.not
		}
	}
	return p.not && letter != '/'
}

func parse(pattern []rune) ([]part, error) {
	var parts []part
	for i := 0; i < len(pattern); i++ {
		next := part{pairs: [][2]rune{{pattern[i], pattern[i]}}}
		switch pattern[i] {
		case '?':
			next = part{not: true}
		case '*':
			next = part{kind: star}
			if i+1 < len(pattern) && pattern[i+1] == '*' {
				next.kind = stars
				i++
			}
		case '[':
			end := closing(pattern, i)
			if end < 0 {
				return nil, ErrPattern
			}
			bracket, err := bracketed(pattern[i+1 : end])
			if err != nil {
				return nil, err
			}
			next, i = bracket, end
		case '\\':
			i++
			if i == len(pattern) {
				return nil, ErrPattern
			}
			next.pairs = [][2]rune{{pattern[i], pattern[i]}}
		}
		parts = append(parts, next)
	}
	return parts, nil
}

// closing is the place of the bracket that closes the one at a place, or -1.
func closing(pattern []rune, at int) int {
	for i := at + 1; i < len(pattern); i++ {
		if pattern[i] == ']' {
			return i
		}
	}
	return -1
}

func bracketed(letters []rune) (part, error) {
	p := part{}
	if len(letters) > 0 && letters[0] == '!' {
		p.not = true
		letters = letters[1:]
	}
	if len(letters) == 0 {
		return p, ErrPattern
	}
	for i := 0; i < len(letters); i++ {
		pair := [2]rune{letters[i], letters[i]}
		if i+2 < len(letters) && letters[i+1] == '-' {
			pair[1] = letters[i+2]
			i += 2
		}
		if pair[1] < pair[0] {
			return p, ErrPattern
		}
		p.pairs = append(p.pairs, pair)
	}
	return p, nil
}
