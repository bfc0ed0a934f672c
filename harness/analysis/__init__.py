"""From rows to judgements: SQL views, statistics, and the standings that reports and rules are made of."""
