"""What the framework's terminal side needs mended."""
