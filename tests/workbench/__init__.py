"""The page for editors: over its addresses, and in a real browser."""
