"""From the scoreboard to rules that other tools obey."""
