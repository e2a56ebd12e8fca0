"""The spider, which connects the rooms."""
