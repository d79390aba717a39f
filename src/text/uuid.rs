//! Names that never change: UUIDs made from words.
//!
//! Comes in: words. Goes out: a UUID. Nothing random and no clock is involved.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The UUID of a list of words: version 8 (RFC 9562), made from the first 128 bits of their SHA-256. The same words
/// always give the same UUID, on every machine.
pub fn uuid(name: &[&str]) -> String {
    let mut hash = Sha256::new();
    for word in name {
        // The length before each word makes ["ab", "c"] and ["a", "bc"] different.
        hash.update(u64::try_from(word.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(word.as_bytes());
    }
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::new_v8(bytes).to_string()
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn words_have_one_uuid_of_version_8() {
        let one = uuid(&["a", "b"]);
        // printf '\0\0\0\0\0\0\0\1a\0\0\0\0\0\0\0\1b' | sha256sum, with version and variant set.
        assert_eq!(one, "3c9d5910-45bc-8876-b9d0-399bbfb05c6a");
        assert_eq!(one, uuid(&["a", "b"]));
        assert_ne!(one, uuid(&["ab"]));
        assert_ne!(one, uuid(&["b", "a"]));
        let parts: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{one}");
        assert_eq!(one.as_bytes()[14], b'8', "{one}");
        assert!(b"89ab".contains(&one.as_bytes()[19]), "{one}");
    }
}
