"""The review desk: a web page on this machine that shows what was written beside the page that it came from."""
