"""Where conversations are kept: tracker store, lock store, replies already given, erasure and expiry."""
