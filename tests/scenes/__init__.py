"""Talk, written down and played: what the bot does, said as its neighbours would see it."""
