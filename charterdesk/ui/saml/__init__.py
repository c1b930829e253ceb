"""SAML 2.0 at the door: an extra. Only `urls` loads with the desk; the rest when somebody comes by it."""
