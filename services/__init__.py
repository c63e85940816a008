"""The only place where rooms meet: one module per thing that the product does."""
