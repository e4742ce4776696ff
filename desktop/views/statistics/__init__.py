"""The page 统计: what managers look at, print and answer for."""
