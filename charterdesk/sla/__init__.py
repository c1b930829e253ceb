"""Promises on time: policies, targets, clocks."""
