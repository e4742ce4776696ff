"""The tables of keys of the larger pages; ``views/actions.py`` joins them into one."""
