"""Whether every guard is held by a test: lines that guard are changed one at a time, and some test has to notice."""
