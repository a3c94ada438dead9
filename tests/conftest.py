"""Loads what tests of several packages share; what another imports comes first."""

# Its plugin imports it at the end, where Python 3.11 may no longer parse what it compiles then: a unit that fails in a
# greenlet leaves the count of recursions wrong.
import hypothesis  # noqa: F401

pytest_plugins = [
    "plugins.sharing",
    "plugins.dialects",
    "plugins.browsers",
    "plugins.databases",
    "plugins.demo_folders",
    "plugins.respondents",
    "plugins.every_report",
    "plugins.every_screen",
    "plugins.telegram_fixtures",
    "plugins.village",
    "plugins.memory_channel",
    "plugins.web_village",
    "plugins.web_readers",
]
