"""Endpoints that speak OpenAI's chat completions, hosted or on this machine."""
