"""Recline and other libraries at the same work, timed alternately in one run."""
