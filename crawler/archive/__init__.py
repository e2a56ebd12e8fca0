"""What was fetched, as WARC: written, repaired and read again."""
