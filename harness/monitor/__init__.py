"""What real calls say of models: who got slower or worse, since when, and whether the rules still fit."""
