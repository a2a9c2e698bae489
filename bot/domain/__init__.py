"""Nouns of the field: frozen values without input, output or clock."""
