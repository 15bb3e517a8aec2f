"""The calendar: what comes out when, and when each movie is searched next."""
