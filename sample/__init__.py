"""A small invented publication, laid out as WordPress with an author-box plugin lays one out, and its server."""
