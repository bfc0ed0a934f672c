"""Planning problems, one family a file: the form of a plan, the constraints it breaks, what it costs."""
