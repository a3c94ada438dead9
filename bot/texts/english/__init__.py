"""The English texts: short sentences for people who are still learning."""

from __future__ import annotations

from bot.texts.english.participant import EnglishParticipant
from bot.texts.english.sharing import EnglishSharing
from bot.texts.english.stories import EnglishStories
from bot.texts.english.wishes import EnglishWishes

wishes = EnglishWishes()
stories = EnglishStories()
sharing = EnglishSharing()
participant = EnglishParticipant(wishes, stories, sharing)
