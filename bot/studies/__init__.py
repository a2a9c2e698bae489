"""What the single studies found, picked out of the catalogue for lists and charts."""
