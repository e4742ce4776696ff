"""One composer per printed paper: from a decided matter to its blocks."""
