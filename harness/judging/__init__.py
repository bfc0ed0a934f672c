"""Answers compared by a judge: in both orders, without names, itself on trial with gold pairs."""
