"""Near misses made from the content itself: what must never be answered wrongly, and what drifts when it is mistyped.

`make adversary` prints the matrix of a long run; a short one, with the same seed every time, is part of the tests.
"""
