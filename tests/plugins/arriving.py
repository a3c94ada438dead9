"""An update of the Bot API, handled as the running bot handles it, without a queue before it and a phone behind it."""

from bot.routing import Dispatcher
from bot.telegram.updates import arrival, read


async def handle(services, raw, confirmed=None):
    """What is to be shown; None where nothing is asked for. `confirmed`: what the card showed as it arrived."""
    content, number = read(raw), raw["update_id"]
    asked = arrival(content, number, services.keys.seal_id(content.user.number), services.clock(), confirmed)
    if asked is None:
        await Dispatcher(services).pass_over("telegram", str(number))
        return None
    return await Dispatcher(services).handle(asked)
