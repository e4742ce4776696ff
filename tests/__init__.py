"""The tests: unit, integration (services on real files), gui (keys and clicks), journeys, architecture."""
