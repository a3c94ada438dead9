"""What goes wrong at the moment, and how long things take, both as the seed says."""

LINE = (
    "no connection",
    "cut before",
    "cut after",
    "silent",
    "acts and is silent",
    "bad gateway",
    "gateway timeout",
    "too many",
)
_TAKES = (0.0, 0.001, 0.02, 0.3)  # seconds


class Troubles:
    """One for a story; while it is calm nothing fails."""

    def __init__(self, random):
        self.random = random
        self._line, self.database = [], ""

    def of_line(self, method):
        """What happens to this request; nothing, mostly."""
        return self._line.pop() if self._line and method not in {"getMe", "deleteWebhook"} else ""

    def befall(self, kinds):
        """The next requests meet these."""
        self._line += kinds

    def of_database(self):
        """What happens to this unit: a full disk refuses all, a locked file most."""
        if self.database == "locked" and self.random.random() < 0.3:
            return ""
        return self.database

    def are_over(self):
        self._line, self.database = [], ""

    def reading_takes(self):
        return self.random.choice(_TAKES[:3])

    writing_takes = reading_takes

    def sending_takes(self):
        return self.random.choice(_TAKES)
