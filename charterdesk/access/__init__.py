"""Who gets in, and how: sessions, second factors, throttling, single sign-on, and people provisioned from elsewhere."""
