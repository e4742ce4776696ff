"""The ledger (台账): find a filing again."""
