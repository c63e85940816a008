"""Readers behind one protocol, loaded only when asked for."""
