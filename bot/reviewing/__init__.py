"""What reviewers read: coverage, booklet, audit."""
