"""Running untrusted code, and nothing else."""
