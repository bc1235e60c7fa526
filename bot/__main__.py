"""`python -m bot` is crm-bot."""

from bot.cli import main

main()
