"""The tests: unit (pure), integration (services on real files), gui (keys and clicks), journeys, architecture."""
