"""What the application speaks of: states, errors, people and rules. Standard library only."""
