"""What the bot says about itself: its name, descriptions, commands by scope and language, and menu button."""

from __future__ import annotations

import re
from typing import Any

from bot.simulator.refusals import bad_request
from bot.simulator.state import World
from bot.simulator.wire import MethodCall

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_LENGTH = 32
COMMAND_DESCRIPTION = 256
COMMANDS = 100
NAME = 64
DESCRIPTION = 512
SHORT_DESCRIPTION = 120
LANGUAGE = re.compile(r"[a-z]{2}")
PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


def get_me(world: World, _call: MethodCall) -> dict[str, Any]:
    """Play getMe."""
    return world.bot_user() | {
        "can_join_groups": world.profile.joins_groups,
        "can_read_all_group_messages": world.profile.reads_groups,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _language(call: MethodCall) -> str:
    code = call.text("language_code")
    if code and not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(world: World, call: MethodCall) -> str:
    scope = call.structure("scope", "BotCommandScope")
    if scope is None:
        return f"default|{_language(call)}"
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in PLAIN_SCOPES:
        return f"{kind}|{_language(call)}"
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    account = world.chat_for(str(scope.get("chat_id") or ""), writing=False)
    if kind != "chat":
        raise bad_request("can't use specified scope in private chats")
    return f"chat:{account.id}|{_language(call)}"


def set_my_commands(world: World, call: MethodCall) -> bool:
    """Play setMyCommands; an empty list deletes them."""
    commands = call.structure("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    kept = [_command(command) for command in commands]
    if len(kept) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    scope = _scope(world, call)
    if kept:
        world.profile.commands[scope] = kept
    else:
        world.profile.commands.pop(scope, None)
    return True


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command") or "").removeprefix("/")
    description = str(command.get("description") or "").strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > COMMAND_LENGTH:
        raise bad_request(f"command length must not exceed {COMMAND_LENGTH}")
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {COMMAND_DESCRIPTION}")
    return {"command": name, "description": description}


def get_my_commands(world: World, call: MethodCall) -> list[dict[str, str]]:
    """Play getMyCommands: exactly what was set for the scope and language."""
    return world.profile.commands.get(_scope(world, call), [])


def delete_my_commands(world: World, call: MethodCall) -> bool:
    """Play deleteMyCommands."""
    world.profile.commands.pop(_scope(world, call), None)
    return True


def _set_text(kept: dict[str, str], call: MethodCall, name: str, limit: int) -> bool:
    text = call.text(name).strip()
    if len(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    if text:
        kept[_language(call)] = text
    else:
        kept.pop(_language(call), None)
    return True


def _get_text(kept: dict[str, str], call: MethodCall, name: str, otherwise: str = "") -> dict[str, str]:
    return {name: kept.get(_language(call)) or kept.get("") or otherwise}


def set_my_name(world: World, call: MethodCall) -> bool:
    """Play setMyName."""
    return _set_text(world.profile.names, call, "name", NAME)


def get_my_name(world: World, call: MethodCall) -> dict[str, str]:
    """Play getMyName."""
    return _get_text(world.profile.names, call, "name", str(world.bot_user()["first_name"]))


def set_my_description(world: World, call: MethodCall) -> bool:
    """Play setMyDescription."""
    return _set_text(world.profile.descriptions, call, "description", DESCRIPTION)


def get_my_description(world: World, call: MethodCall) -> dict[str, str]:
    """Play getMyDescription."""
    return _get_text(world.profile.descriptions, call, "description")


def set_my_short_description(world: World, call: MethodCall) -> bool:
    """Play setMyShortDescription."""
    return _set_text(world.profile.short_descriptions, call, "short_description", SHORT_DESCRIPTION)


def get_my_short_description(world: World, call: MethodCall) -> dict[str, str]:
    """Play getMyShortDescription."""
    return _get_text(world.profile.short_descriptions, call, "short_description")


def _menu_place(world: World, call: MethodCall) -> str:
    chat = call.text("chat_id")
    return str(world.chat_for(chat, writing=False).id) if chat else ""


def set_chat_menu_button(world: World, call: MethodCall) -> bool:
    """Play setChatMenuButton."""
    button = call.structure("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    world.profile.menu_buttons[_menu_place(world, call)] = button
    return True


def get_chat_menu_button(world: World, call: MethodCall) -> dict[str, Any]:
    """Play getChatMenuButton."""
    buttons = world.profile.menu_buttons
    place = _menu_place(world, call)
    return buttons.get(place) or buttons.get("") or {"type": "default" if place else "commands"}
