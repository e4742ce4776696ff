"""A keyring that lives as long as the test, for computers that have none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps secrets in memory."""

    # Below the one that always refuses: chosen by the test alone, never found by itself.
    priority = -1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Give a secret, None when there is none."""
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self.held[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@contextmanager
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Let this computer have a keyring for a while."""
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    try:
        yield mine
    finally:
        keyring.set_keyring(before)
