"""The small forms of the challenge view, one for each kind of question."""
