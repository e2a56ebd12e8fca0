"""Reference pages of docs/ that are generated from the code, so that the two cannot say different things."""
