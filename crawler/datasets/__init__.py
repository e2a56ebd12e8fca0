"""Lines of crawls made into a dataset: Parquet, SQLite, CSV and a card; `build.py` says in which order."""
