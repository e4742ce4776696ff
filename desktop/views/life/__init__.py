"""The life of a registration on the page of a filing: how it stands, and every act on it."""
