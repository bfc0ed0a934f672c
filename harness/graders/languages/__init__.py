"""Everything about a programming language that answers are written in, a folder each."""
