"""Scripts that train the models, which are data files of the package."""
