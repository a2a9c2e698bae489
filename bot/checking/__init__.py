"""What can be wrong with content that parses, rule by rule."""
