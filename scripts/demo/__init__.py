"""Training of the embedded demo models: generator, tokenizer, model, optimiser, export."""
