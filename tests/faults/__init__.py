"""What can go wrong around the bot, one file for each: what people then see, and that nothing is lost."""
