"""The keys that seal who people are and what they wrote, and sealing everything anew under a new key."""
