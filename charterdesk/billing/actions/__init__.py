"""Every write of billing. What surfaces and packages above call is named here, but for what is named by its module."""
