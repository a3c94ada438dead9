"""The Slovenian texts: those that staff read, and those that other languages are measured by."""

from __future__ import annotations

from bot.texts.common import Common
from bot.texts.participant import Participant
from bot.texts.sharing import Sharing
from bot.texts.stories import Stories
from bot.texts.wishes import Wishes

common = Common()
wishes = Wishes()
stories = Stories()
sharing = Sharing()
participant = Participant(wishes, stories, sharing)
