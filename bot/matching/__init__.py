"""From a question to what it asks: the only user of rapidfuzz."""
