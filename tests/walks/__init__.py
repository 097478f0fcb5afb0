"""A person's ways through the real window, against the demo cloud: what is asked, typed and read."""
