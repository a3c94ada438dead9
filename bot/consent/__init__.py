"""The evidence of consent: every text that was ever shown, and the register of who consented to which."""
