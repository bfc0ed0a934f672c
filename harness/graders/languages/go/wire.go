// Package wire runs a driver and prints what it emits: one line a value, "INDEX JSON". It knows
// inputs, never what must come out. A program may hold many samples; a process runs one.
package wire

import (
	"math"
	"reflect"
	"strconv"
	"sync"
	"syscall"
	"unicode/utf8"
	_ "unsafe" // for go:linkname
)

const (
	deepest = 64       // levels of a value; a cyclic one has more
	stack   = 64 << 20 // bytes; Go's own gigabyte takes longer to fill than an answer may run
)

var (
	channel  = takeChannel()
	drivers  = map[int]func(*Run){}
	errors   = reflect.TypeFor[error]()
	Inf, NaN = math.Inf(1), math.NaN()
)

// From runtime/debug, without its imports: they would take longer to link than all the rest.
//
//go:linkname setMaxStack runtime/debug.setMaxStack
func setMaxStack(bytes int) int

// takeChannel keeps standard output for the values; what else is printed goes to standard error.
func takeChannel() int {
	fd, err := syscall.Dup(1)
	if err == nil {
		syscall.CloseOnExec(fd)
		err = syscall.Dup3(2, 1, 0)
	}
	if err != nil {
		panic(err)
	}
	return fd
}

// Send prints a line, whatever has become of standard output.
func Send(line []byte) {
	for len(line) > 0 {
		n, err := syscall.Write(channel, line)
		if err != nil && err != syscall.EINTR && err != syscall.EAGAIN {
			syscall.Exit(3)
		}
		line = line[max(n, 0):]
	}
}

// Register names the driver of a sample.
func Register(sample int, driver func(*Run)) {
	drivers[sample] = driver
}

// Main runs the sample whose number stands on standard input, and exits.
func Main() {
	setMaxStack(stack)
	var input [16]byte
	n, _ := syscall.Read(0, input[:])
	sample, err := strconv.Atoi(string(input[:max(n, 0)]))
	if err != nil {
		panic(err)
	}
	drivers[sample](&Run{})
	syscall.Exit(0)
}

// Run is a sample on its way through its cases.
type Run struct {
	mu   sync.Mutex
	next int
}

// Emit prints a value; any goroutine may call it.
func (r *Run) Emit(value any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.print(encode(nil, reflect.ValueOf(value), 0))
}

// Case prints what call returns, or that it panicked.
func (r *Run) Case(call func() any) {
	defer func() {
		if recover() != nil {
			r.print([]byte(`{"raised":"panic"}`))
		}
	}()
	r.Emit(call())
}

func (r *Run) print(text []byte) {
	line := append(strconv.AppendInt(nil, int64(r.next), 10), ' ')
	r.next++
	Send(append(append(line, text...), '\n'))
}

// Outcome stands for the results of a function whose last one is an error.
type Outcome struct {
	err   error
	value any
}

// Result makes an Outcome.
func Result(err error, value any) Outcome {
	return Outcome{err, value}
}

// Error makes an argument of type error.
func Error(text string) error {
	return plain(text)
}

type plain string

func (p plain) Error() string { return string(p) }

// Pointer makes an argument of a pointer type.
func Pointer[T any](value T) *T {
	return &value
}

func encode(b []byte, v reflect.Value, depth int) []byte {
	if depth > deepest {
		panic("a value without end")
	}
	if !v.IsValid() {
		return append(b, "null"...)
	}
	if v.CanInterface() && v.Kind() != reflect.Interface {
		if outcome, ok := v.Interface().(Outcome); ok {
			return encodeOutcome(b, outcome, depth)
		}
		if v.Type().Implements(errors) {
			return append(encodeString(append(b, `{"err":`...), v.Interface().(error).Error()), '}')
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.String:
		return encodeString(b, v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return encodeFloat(b, v.Float(), v.Type().Bits())
	case reflect.Slice, reflect.Array:
		return encodeList(b, v, depth)
	case reflect.Map:
		return encodeMap(b, v, depth)
	case reflect.Struct:
		return encodeStruct(b, v, depth)
	case reflect.Pointer, reflect.Interface:
		return encode(b, v.Elem(), depth+1)
	}
	b = encodeString(append(b, `{"x":`...), v.Kind().String())
	return append(encodeString(append(b, `,"v":`...), v.Type().String()), '}')
}

func encodeOutcome(b []byte, outcome Outcome, depth int) []byte {
	if outcome.err != nil {
		return encode(b, reflect.ValueOf(outcome.err), depth+1)
	}
	return append(encode(append(b, `{"ok":`...), reflect.ValueOf(outcome.value), depth+1), '}')
}

func encodeFloat(b []byte, f float64, bits int) []byte {
	text := strconv.FormatFloat(f, 'g', -1, bits)
	switch {
	case f != f:
		text = "nan"
	case f > math.MaxFloat64:
		text = "inf"
	case f < -math.MaxFloat64:
		text = "-inf"
	}
	return append(append(append(b, `{"f":"`...), text...), `"}`...)
}

func encodeList(b []byte, v reflect.Value, depth int) []byte {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		b = append(b, `{"b":"`...)
		for i := range v.Len() {
			c := byte(v.Index(i).Uint())
			b = append(b, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		}
		return append(b, `"}`...)
	}
	b = append(b, '[')
	for i := range v.Len() {
		b = encode(comma(b, i), v.Index(i), depth+1)
	}
	return append(b, ']')
}

func encodeMap(b []byte, v reflect.Value, depth int) []byte {
	b = append(b, `{"m":[`...)
	for i, entry := 0, v.MapRange(); entry.Next(); i++ {
		b = encode(append(comma(b, i), '['), entry.Key(), depth+1)
		b = append(encode(append(b, ','), entry.Value(), depth+1), ']')
	}
	return append(b, `]}`...)
}

func encodeStruct(b []byte, v reflect.Value, depth int) []byte {
	b = append(b, `{"m":[`...)
	for i := range v.NumField() {
		b = encodeString(append(comma(b, i), '['), v.Type().Field(i).Name)
		b = append(encode(append(b, ','), v.Field(i), depth+1), ']')
	}
	return append(b, `]}`...)
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

// encodeString writes JSON; a byte that is not UTF-8 becomes a lone surrogate, as Python has it.
func encodeString(b []byte, s string) []byte {
	b = append(b, '"')
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			b = escape(b, 0xdc00+int(s[0]))
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = escape(b, int(r))
		default:
			b = append(b, s[:size]...)
		}
		s = s[size:]
	}
	return append(b, '"')
}

func escape(b []byte, code int) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[code>>12], digits[code>>8&15], digits[code>>4&15], digits[code&15])
}
