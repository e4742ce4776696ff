"""What the third schema adds: the life of a registration, patrols, hazards, transfers, reports, draws."""
