"""From a repository's history to tasks: which commits, what is asked, and how it is written down. Runs nothing."""
