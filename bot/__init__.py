"""Rounds: answers clinicians' questions from a curated, cited knowledge base."""

__version__ = "0.1.0"
