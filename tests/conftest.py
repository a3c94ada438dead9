"""Loads what tests of several packages share; what another imports comes first."""

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
