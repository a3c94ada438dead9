"""What a browser lets one of our pages do: show itself and the pictures that stand in it, and nothing else."""

from __future__ import annotations

# A style may stand anywhere (the lengths of bars do), since none can fetch anything where all else is 'none'.
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""A Content-Security-Policy for a `meta` element: words of somebody that got out of their place could do nothing."""
