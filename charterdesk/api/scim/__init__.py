"""SCIM 2.0 (RFC 7643, RFC 7644): people and teams as a company's directory has them. A token with the scope `scim`."""
