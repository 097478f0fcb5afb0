"""The demo cloud: everything behind the window, on loopback, with made-up people.

No production code imports this package, and the bundle does not hold it.
"""
