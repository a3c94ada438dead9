"""Loads what tests of several packages share."""

pytest_plugins = ["plugins.databases", "plugins.respondents", "plugins.telegram_fixtures", "plugins.village"]
