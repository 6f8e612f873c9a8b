// The till without a connection. Each module is one behaviour, bound by data attributes.
