"""Statistical disclosure control: which numbers may be shown, so that none shows a person. Knows no words."""
