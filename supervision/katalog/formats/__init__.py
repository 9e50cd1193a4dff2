"""The file formats that the catalogue reads."""
