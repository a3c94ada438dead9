"""What the pages in the browser keep: who is signed in, the digits to come back with, what is said once, files."""
