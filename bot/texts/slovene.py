"""The Slovenian texts: those that staff read, and those that other languages are measured by."""

from __future__ import annotations

from bot.texts.call_request import Calling
from bot.texts.common import Common
from bot.texts.contact_preferences import Wishes
from bot.texts.email import Mail
from bot.texts.own_data import OwnData
from bot.texts.participant import Participant
from bot.texts.sharing import Sharing
from bot.texts.small_talk import Talk
from bot.texts.stories import Stories
from bot.texts.typed_words import Writing
from bot.texts.waiting import WaitingList
from bot.texts.web import Web

common = Common()
wishes = Wishes()
stories = Stories()
sharing = Sharing()
calling = Calling()
own_data = OwnData()
talk = Talk()
writing = Writing()
waiting = WaitingList()
web = Web()
mail = Mail()
participant = Participant(wishes, stories, sharing, calling, own_data, talk, writing, waiting, web, mail)
