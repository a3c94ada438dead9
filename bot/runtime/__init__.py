"""The running program: settings, the services that are built once, the process beside it, what a log may say."""
