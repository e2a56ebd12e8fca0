"""One module per platform or plugin: rows only."""
