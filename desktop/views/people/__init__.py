"""The windows of people: signing in, the locked screen, passwords, accounts and their roles."""
