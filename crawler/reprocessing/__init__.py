"""Archived pages into items again, with the extractor of today: on the cores of one machine or on a cluster."""
