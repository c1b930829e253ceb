"""`python -m charterdesk`: the command line where its script is not on the path."""

import sys

from charterdesk.ops.cli import main

sys.exit(main())
