"""What happens to an item between extraction and file: one job per pipeline, in the order of ITEM_PIPELINES."""
