"""The English texts: short sentences for people who are still learning."""

from __future__ import annotations

from bot.texts.english.call_request import EnglishCalling
from bot.texts.english.contact_preferences import EnglishWishes
from bot.texts.english.email import EnglishMail
from bot.texts.english.own_data import EnglishOwnData
from bot.texts.english.participant import EnglishParticipant
from bot.texts.english.sharing import EnglishSharing
from bot.texts.english.small_talk import EnglishTalk
from bot.texts.english.stories import EnglishStories
from bot.texts.english.typed_words import EnglishWriting
from bot.texts.english.waiting import EnglishWaitingList
from bot.texts.english.web import EnglishWeb

wishes = EnglishWishes()
stories = EnglishStories()
sharing = EnglishSharing()
calling = EnglishCalling()
own_data = EnglishOwnData()
talk = EnglishTalk()
writing = EnglishWriting()
waiting = EnglishWaitingList()
web = EnglishWeb()
mail = EnglishMail()
participant = EnglishParticipant(wishes, stories, sharing, calling, own_data, talk, writing, waiting, web, mail)
