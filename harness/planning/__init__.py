"""Plans made of measurements: which model holds which role, in how much memory, and what work costs."""
