"""The records of addresses: what is known, due, leased and done."""
