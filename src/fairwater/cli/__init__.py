"""Commands (floor 9): what a person types, and what they read back."""
