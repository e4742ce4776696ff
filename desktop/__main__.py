"""``python -m desktop``: the same as the command ``small-works``."""

import sys

from desktop.cli import main

sys.exit(main())
