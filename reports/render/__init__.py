"""One Report value, written as text, HTML, JSON and pictures; every renderer says the same."""
