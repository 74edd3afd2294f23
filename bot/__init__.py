"""What runs: the command line, the configuration, the inbox and the courier."""
