"""Where evidence comes from: structured data, meta elements, markup, headers, what others said of the address."""
