"""What everybody knows about names and places: tables as package data, and small functions over them."""
