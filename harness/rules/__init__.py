"""From standings to ``routing_rules.yaml``: how it is decided, written, read, checked and learned on."""
