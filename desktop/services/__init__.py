"""One method per clerk's task: each opens the one transaction, asks the rules, writes and returns plain values."""
