"""From rows to judgements: SQL views, statistics, and the scoreboard that reports and rules are made of."""
