// Package doc reads and writes documents.
package doc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Parse reads a document from JSON. Numbers are whole.
func Parse(text string) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("no document: %w", err)
	}
	return whole(value)
}

// Write writes a document as JSON, keys in order.
func Write(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(out.Bytes()))
}

func whole(value any) (any, error) {
	var err error
	switch v := value.(type) {
	case json.Number:
		n, err := strconv.Atoi(v.String())
		if err != nil {
			return nil, fmt.Errorf("not a whole number: %s", v)
		}
		return n, nil
	case map[string]any:
		for key := range v {
			if v[key], err = whole(v[key]); err != nil {
				return nil, err
			}
		}
	case []any:
		for i := range v {
			if v[i], err = whole(v[i]); err != nil {
				return nil, err
			}
		}
	}
	return value, nil
}
