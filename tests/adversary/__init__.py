"""What the adversary finds on the shipped content, and that it would find it."""
