"""Near misses made from the content itself: what must never be answered wrongly, and what drifts when it is mistyped.

`python -m bot adversary` prints the matrix of a long run; a short one is part of every review of a change.
"""
