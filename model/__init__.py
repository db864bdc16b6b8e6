"""The model of Offwall."""
