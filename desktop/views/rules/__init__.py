"""Versions of the rules on the screen: their list, gaps to fill in, drafts, comparison, decision."""
