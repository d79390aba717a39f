//! The preview: a server on the loopback address that builds anew when a source changes.
