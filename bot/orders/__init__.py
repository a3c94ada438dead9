"""What staff order to come into the chat: each kind a value, in its own module.

A module says how its orders are stored, who may have one, and what is made. An order is one delivery for each of its
parts; `bot.delivery.staff_orders` makes and sends them.
"""
