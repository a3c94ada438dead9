"""Lists of people as libraries keep them, read by `bot.workbooks`. Pure: knows no group, no storage and no chat."""
