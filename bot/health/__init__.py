"""How the service is: what is looked at, what of it needs a person, and where it is told. Answers nobody's taps."""
