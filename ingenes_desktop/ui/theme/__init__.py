"""How the window looks: named tokens, and what Qt is told about them."""
