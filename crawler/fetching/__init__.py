"""Between the frontier and the network: robots.txt, politeness, guards and limits."""
