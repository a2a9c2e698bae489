"""From what was asked to a reply."""
