"""Which of many long examples a run takes: others each time, all with WHOLE=1 (docs/decisions/test-suite.md)."""

import os
from uuid import uuid4

_RUN = int(os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex, 16)  # the same in all processes of a run


def of_this_run(examples, parts):
    """Every so manieth of the examples."""
    return examples if os.environ.get("WHOLE") else examples[_RUN % parts :: parts]
