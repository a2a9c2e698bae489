"""A page in the browser for those who edit the content. Reads, shows, and writes nothing."""
