"""The gateway: the routing rules at work behind an OpenAI-compatible address."""
