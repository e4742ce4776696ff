"""Reading policy packs: data in, a checked pack out."""
