"""The fault harness (``make faults``): the program is killed, starved and lied to, and the ledger must survive it."""
