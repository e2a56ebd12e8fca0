"""One module per field: which readers, how to parse, how to choose."""
