"""One run on several machines: items that workers lease, and the parts that they write."""
