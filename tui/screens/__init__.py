"""The screens: one for each part of the afternoon, and what leads to them."""
