//! Keys and signatures, in the formats of minisign (Ed25519).
//!
//! Comes in: a manifest, a key, a password. Goes out: a new pair of keys as text, a signature, or who signed. A secret key is
//! never printed and never part of a message; no type here that holds one can be shown.

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use crate::text::Bilingual;

/// A file of a key or a signature is at most this large.
pub const LARGEST: u64 = 8 << 10;
/// A password is at most this long, in bytes.
const LONGEST_PASSWORD: usize = 1024;

/// A new pair of keys, as the texts of two files.
pub struct Pair {
    /// The text of the file of the secret key.
    pub secret: String,
    /// The text of the file of the public key.
    pub public: String,
    /// The public key on one line.
    pub line: String,
    /// The number of the pair, which is in both files and in every signature.
    pub id: String,
}

/// Makes a new pair; with a password, the secret key is encrypted with it.
///
/// # Errors
/// If the system gives no random numbers, or the password is too long or empty.
pub fn generate(password: Option<String>) -> Result<Pair, Bilingual> {
    let made = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(checked(password)?)),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let pair = made.map_err(|_| cannot_make())?;
    let comment = format!("mingbai secret key {}", id(&pair.pk));
    let secret = pair.sk.to_box(Some(&comment)).map_err(|_| cannot_make())?;
    let public = pair.pk.to_box().map_err(|_| cannot_make())?;
    Ok(Pair {
        secret: secret.into_string(),
        public: public.into_string(),
        line: pair.pk.to_base64(),
        id: id(&pair.pk),
    })
}

fn cannot_make() -> Bilingual {
    Bilingual::new("造不出密钥", "the key cannot be made")
}

fn checked(password: String) -> Result<String, Bilingual> {
    if password.is_empty() || password.len() > LONGEST_PASSWORD {
        return Err(Bilingual::new(
            "口令是空的，或者太长",
            "the password is empty or too long",
        ));
    }
    Ok(password)
}

/// A secret key that can sign.
pub struct Signer(SecretKey);

/// Whether the text of a secret key says that it is encrypted with a password.
pub fn needs_password(text: &str) -> bool {
    SecretKeyBox::from_string(text).is_ok_and(|held| held.into_unencrypted_secret_key().is_err())
}

impl Signer {
    /// Reads a secret key.
    ///
    /// # Errors
    /// If the text is not a key, or the password is not that of the key. The message has nothing of either.
    pub fn read(text: &str, password: Option<String>) -> Result<Self, Bilingual> {
        let held = SecretKeyBox::from_string(text).map_err(|_| not_a_key())?;
        match password {
            Some(password) => held
                .into_secret_key(Some(password))
                .map_err(|_| Bilingual::new("口令不对", "the password is wrong")),
            None => held.into_unencrypted_secret_key().map_err(|_| not_a_key()),
        }
        .map(Self)
    }

    /// Signs a text. `comment` is signed, too.
    ///
    /// # Errors
    /// If the system gives no random numbers.
    pub fn sign(&self, text: &str, comment: &str) -> Result<String, Bilingual> {
        let public = PublicKey::from_secret_key(&self.0).map_err(|_| not_a_key())?;
        let note = format!("signature by mingbai with key {}", id(&public));
        let data = text.as_bytes();
        minisign::sign(Some(&public), &self.0, data, Some(comment), Some(&note))
            .map(SignatureBox::into_string)
            .map_err(|_| Bilingual::new("签不了名", "the signature cannot be made"))
    }
}

fn not_a_key() -> Bilingual {
    Bilingual::new(
        "不是密钥文件，或者要口令",
        "is not a secret key, or needs a password",
    )
}

/// A public key.
pub struct Verifier(PublicKey);

/// Who signed, and what they say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The number of the pair of keys.
    pub id: String,
    /// The comment that was signed with the text.
    pub comment: String,
}

impl Verifier {
    /// Reads a public key: the text of its file, or its one line.
    ///
    /// # Errors
    /// If it is not a key.
    pub fn read(text: &str) -> Result<Self, Bilingual> {
        let line = PublicKey::from_base64(text.trim());
        line.or_else(|_| PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key))
            .map(Self)
            .map_err(|_| Bilingual::new("不是公钥", "is not a public key"))
    }

    /// The number of the pair.
    pub fn id(&self) -> String {
        id(&self.0)
    }

    /// Checks a signature of a text.
    ///
    /// # Errors
    /// If the signature is by another key or of another text.
    pub fn verify(&self, text: &str, signature: &str) -> Result<Signed, Bilingual> {
        let held = SignatureBox::from_string(signature)
            .map_err(|_| Bilingual::new("签名文件读不懂", "the signature cannot be read"))?;
        if held.keynum() != self.0.keynum() {
            return Err(Bilingual::new(
                "签名用的是另一把密钥",
                "the signature is by another key",
            ));
        }
        let data = std::io::Cursor::new(text.as_bytes());
        minisign::verify(&self.0, &held, data, true, false, false).map_err(|_| {
            Bilingual::new(
                "签名不对：清单或签名被改过",
                "the signature is wrong: the manifest or the signature was changed",
            )
        })?;
        let comment = held.trusted_comment().unwrap_or_default();
        Ok(Signed {
            id: self.id(),
            comment,
        })
    }
}

/// The number of a pair of keys, as minisign prints it.
fn id(key: &PublicKey) -> String {
    let bytes = key.keynum().iter().rev();
    bytes.map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_text_and_its_key_only() {
        let pair = generate(None).expect("a pair");
        let signer = Signer::read(&pair.secret, None).expect("the key");
        let signature = signer.sign("甲\n", "2026-11-29").expect("a signature");
        for public in [&pair.public, &pair.line] {
            let verifier = Verifier::read(public).expect("the public key");
            let signed = verifier.verify("甲\n", &signature).expect("it holds");
            assert_eq!(
                (signed.id.as_str(), signed.comment.as_str()),
                (pair.id.as_str(), "2026-11-29")
            );
            assert!(verifier.verify("乙\n", &signature).is_err());
            let other = signature.replace("2026-11-29", "2026-11-30");
            assert!(
                verifier.verify("甲\n", &other).is_err(),
                "the comment is signed, too"
            );
        }
        let stranger = Verifier::read(&generate(None).expect("a pair").public).expect("a key");
        let refused = stranger
            .verify("甲\n", &signature)
            .expect_err("another key");
        assert_eq!(refused.en, "the signature is by another key");
    }

    #[test]
    fn what_minisign_signed_holds_here() {
        // From the documentation of minisign-verify: a key and a signature of the text "test".
        let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
        let signature = "untrusted comment: signature from minisign secret key\n\
            RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n\
            trusted comment: timestamp:1633700835\tfile:test\tprehashed\n\
            wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==\n";
        let verifier = Verifier::read(key).expect("the key");
        let signed = verifier.verify("test", signature).expect("it holds");
        assert_eq!(signed.comment, "timestamp:1633700835\tfile:test\tprehashed");
        assert!(verifier.verify("Test", signature).is_err());
    }

    #[test]
    fn a_password_is_needed_and_no_message_repeats_it() {
        let pair = generate(Some("芝麻开门".into())).expect("a pair");
        assert!(needs_password(&pair.secret));
        assert!(Signer::read(&pair.secret, Some("芝麻开门".into())).is_ok());
        for password in [None, Some("芝麻关门".to_owned())] {
            let Err(words) = Signer::read(&pair.secret, password) else {
                panic!("a wrong password must not open the key");
            };
            assert!(!words.en.contains("芝麻") && !words.zh.contains("芝麻"));
        }
        assert!(generate(Some(String::new())).is_err());
        assert!(Verifier::read("甲").is_err() && Signer::read("甲", None).is_err());
    }
}
