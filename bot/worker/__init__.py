"""Work that takes long, made in a process beside the bot: reports, exports, prints, lists that are read."""
