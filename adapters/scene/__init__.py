"""Chats from a file: a small language, a network whose screens are lists, and checks of what they show."""
