"""Telegram, through python-telegram-bot: what is heard there, and how answers look there."""
