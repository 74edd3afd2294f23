"""What runs: the command line, the configuration, the inbox and the courier."""

import os

VERSION = "0.1.0"

# pypinyin looks at the environment when imported. Its dictionary of phrases takes half a second and 30 MB at every
# start, and names are read character by character (core/reading/sounds.py).
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
