"""Offwall's model: plain Python, no terminal, no clock, nothing at random."""
