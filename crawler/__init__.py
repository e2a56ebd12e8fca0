"""Crawls publications into clean, evidenced JSON Lines."""
