"""Who talks to us: one file for each network, each translating to and from the values of `core.messages`."""
