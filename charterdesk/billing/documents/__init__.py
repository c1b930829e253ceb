"""Invoices as files: PDF for people, XML for programs."""
