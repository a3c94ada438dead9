"""E-mail of the pages: what stands in one, and how it leaves. Knows no use case."""
