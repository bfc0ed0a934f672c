"""Models in this machine's memory, through llama.cpp: each in a process of its own."""
