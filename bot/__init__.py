"""What runs: the command line, the configuration, the inbox and the courier."""

VERSION = "0.1.0"
