"""Formats of exported items: one file per format."""
