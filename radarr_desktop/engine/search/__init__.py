"""From what is wanted to a grab: search, judge, choose, look inside, send."""
