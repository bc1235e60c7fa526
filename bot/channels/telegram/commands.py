"""The slash commands: what each says in plain words, and where Telegram offers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from skills import all_skills


@dataclass(frozen=True, slots=True)
class Command:
    """`words` stands before what is typed after the command, `alone` is said without it.
    It is offered where the assistant has the skill of that intent; empty for any."""

    shown: str
    words: str
    alone: str
    intent: str = ""


GROUP = "crm"
"""The one command for groups; what follows it is said as it stands."""

COMMANDS: Mapping[str, Command] = {
    "log": Command("Log a call, meeting or e-mail", "log", "log a contact", "log_interaction"),
    "brief": Command("Prepare for a customer", "brief me on", "brief me", "brief_customer"),
    "today": Command(
        "What is due today", "what is due today", "what is due today", "list_reminders"
    ),
    "pipeline": Command("Where the open deals stand", "pipeline", "pipeline", "pipeline_stats"),
    "undo": Command("Take back my last entry", "undo", "undo", "undo"),
    "cancel": Command("Drop the open question", "never mind", "never mind"),
    "help": Command("What I can do", "help", "help"),
    GROUP: Command("Ask or tell me something", "", "help"),
}


def sentence(name: str, words: str) -> str:
    """What a command with the words after it means; of an unknown one, its own words."""
    command = COMMANDS.get(name.lower())
    if command is None:
        return f"{name.replace('_', ' ')} {words}".strip()
    return f"{command.words} {words}".strip() if words else command.alone


async def register(bot: Bot) -> None:
    """Let Telegram offer the commands while people type: in groups only the one for groups."""
    able = {"", *all_skills()}
    offered = [BotCommand(name, one.shown) for name, one in COMMANDS.items() if one.intent in able]
    private = [one for one in offered if one.command != GROUP]
    await bot.set_my_commands(private, scope=BotCommandScopeAllPrivateChats())
    group = [one for one in offered if one.command == GROUP]
    await bot.set_my_commands(group, scope=BotCommandScopeAllGroupChats())
