"""From standings to things people read: tables in the terminal, a guide in Markdown, a page in HTML."""
