"""llama-cpp-python compiled for the processor at hand. Standard library only."""
