"""Plays a counter morning through the real windows by keys, for machines without a display, demos and pictures."""

from desktop.sample_morning.morning import play_morning

__all__ = ["play_morning"]
