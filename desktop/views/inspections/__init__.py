"""The page 抽查: random inspections, works that look parted, key lists."""
