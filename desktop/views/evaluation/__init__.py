"""Rounds of evaluation on the page 统计 (专项评价)."""
