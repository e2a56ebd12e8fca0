"""Sub-commands of `scrapy`, each a thin adapter; `scrapy COMMAND --help` describes them."""
