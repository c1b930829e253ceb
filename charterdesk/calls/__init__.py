"""Calls that the company's telephone system reports: who rings, who answers how soon, and whom we call back."""
