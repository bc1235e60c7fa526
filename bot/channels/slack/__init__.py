"""Slack: direct messages, mentions, commands, shortcuts, buttons, the app's Home."""
