"""Propositional logic: formulas, and proofs by natural deduction."""
