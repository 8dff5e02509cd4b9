//! Hashing and checking passwords: argon2id away from the async threads, behind a bounded queue, so that a flood of
//! sign-ins costs neither memory without end nor the answers to everybody else.

use crate::{Error, Result, secret::Keys};
use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// OWASP's argon2id set of equal strength for servers of small memory: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const OUTPUT_LENGTH: usize = 32;

/// What is asked of the system for one hash, of which it fills only [`MEMORY_KIB`]. Whatever is above 32 MiB, glibc maps
/// and gives back when it is freed (mallopt(3), `M_MMAP_THRESHOLD`); anything smaller it keeps for later, and a server
/// that has seen a hundred sign-ins would hold half a gigabyte.
const RESERVED_KIB: usize = 33 * 1024;

/// Hashes passwords, a few at a time.
pub(crate) struct Hasher {
    peppers: Arc<[[u8; 32]]>,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    longest_queue: usize,
    count: Arc<AtomicU64>,
    /// The hash of no password, for e-mails that nobody has.
    decoy: String,
}

/// What checking a password came to.
pub(crate) struct Verdict {
    /// Whether it is the right one.
    pub(crate) matches: bool,
    /// A newer hash to store instead: the parameters or the secret have changed since.
    pub(crate) rehashed: Option<String>,
}

impl Hasher {
    pub(crate) fn new(keys: &Keys) -> Result<Self, String> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let peppers: Arc<[[u8; 32]]> = keys.all().map(|keys| keys.pepper).collect();
        let nothing = Output::new(&[0; OUTPUT_LENGTH]).map_err(|error| error.to_string())?;
        let decoy = written(Salt::generate(), nothing)?;
        Ok(Self {
            peppers,
            places: Arc::new(Semaphore::new(cores)),
            waiting: AtomicUsize::new(0),
            // With some 30 ms a hash, the last in the queue waits about two seconds; whoever comes later is told so.
            longest_queue: 64 * cores,
            count: Arc::new(AtomicU64::new(0)),
            decoy,
        })
    }

    /// How many hashes were computed.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    /// How many wait for their turn.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Hashes a password that was chosen.
    pub(crate) async fn hash(&self, password: &str) -> Result<String> {
        let peppers = Arc::clone(&self.peppers);
        let password = normalised(password);
        self.in_turn(move |count| {
            count.fetch_add(1, Ordering::SeqCst);
            hash(&peppers[0], &password).map_err(Error::Hash)
        })
        .await?
    }

    /// Checks a password against a stored hash, or against nobody's: the work is the same.
    pub(crate) async fn verify(&self, password: &str, stored: Option<&str>) -> Result<Verdict> {
        let peppers = Arc::clone(&self.peppers);
        let password = normalised(password);
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.decoy).to_owned();
        self.in_turn(move |count| {
            let parsed = PasswordHash::new(&stored).map_err(|error| Error::Hash(error.to_string()))?;
            for (age, pepper) in peppers.iter().enumerate() {
                count.fetch_add(1, Ordering::SeqCst);
                let matches = matches(pepper, &password, &parsed).map_err(Error::Hash)?;
                if matches && known {
                    let is_current = age == 0 && has_current_parameters(&parsed);
                    let rehashed =
                        if is_current { None } else { Some(hash(&peppers[0], &password).map_err(Error::Hash)?) };
                    return Ok(Verdict { matches: true, rehashed });
                }
            }
            Ok(Verdict { matches: false, rehashed: None })
        })
        .await?
    }

    /// Waits for a place, unless too many wait already.
    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce(&AtomicU64) -> T + Send + 'static) -> Result<T> {
        let turn = Turn::take(&self.waiting, self.longest_queue)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| domain::Error::Busy)?;
        drop(turn);
        let count = Arc::clone(&self.count);
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work(&count)
        });
        Ok(done.await?)
    }
}

/// A place in the queue; given back also when the one who waits goes away.
struct Turn<'a>(&'a AtomicUsize);

impl<'a> Turn<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Result<Self> {
        let turn = Self(waiting);
        if waiting.fetch_add(1, Ordering::SeqCst) >= most {
            return Err(domain::Error::Busy.into());
        }
        Ok(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The same password typed on two keyboards may come composed or decomposed (NFC; NIST SP 800-63B-4).
fn normalised(password: &str) -> String {
    password.nfc().collect()
}

fn hash(pepper: &[u8], password: &str) -> Result<String, String> {
    let salt = Salt::generate();
    written(salt, compute(pepper, password, &salt, parameters()?)?)
}

fn matches(pepper: &[u8], password: &str, stored: &PasswordHash) -> Result<bool, String> {
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else {
        return Err("a stored hash has no salt or no output".to_owned());
    };
    let params = Params::try_from(stored).map_err(|error| error.to_string())?;
    // Outputs compare themselves in constant time.
    Ok(compute(pepper, password, salt, params)? == *expected)
}

fn compute(pepper: &[u8], password: &str, salt: &[u8], params: Params) -> Result<Output, String> {
    let count = params.block_count();
    let hasher = Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params);
    let hasher = hasher.map_err(|error| error.to_string())?;
    let mut blocks = Vec::with_capacity(RESERVED_KIB.max(count));
    blocks.resize(count, Block::new());
    let mut output = [0; OUTPUT_LENGTH];
    hasher
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut output, blocks)
        .map_err(|error| error.to_string())?;
    Output::new(&output).map_err(|error| error.to_string())
}

fn parameters() -> Result<Params, String> {
    Params::new(MEMORY_KIB, PASSES, LANES, Some(OUTPUT_LENGTH)).map_err(|error| error.to_string())
}

/// A hash as it is stored: a PHC string.
fn written(salt: Salt, output: Output) -> Result<String, String> {
    let params = ParamsString::try_from(&parameters()?).map_err(|error| error.to_string())?;
    let hash = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params,
        salt: Some(salt),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

fn has_current_parameters(hash: &PasswordHash) -> bool {
    Params::try_from(hash)
        .is_ok_and(|params| (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    fn keys() -> (Secret, Keys) {
        let secret = Secret::generate();
        let keys = Keys::new(&secret, None);
        (secret, keys)
    }

    #[tokio::test]
    async fn a_password_matches_however_it_was_composed() {
        let hasher = Hasher::new(&keys().1).unwrap();
        let stored = hasher.hash("pa\u{308}ssword").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(hasher.verify("p\u{e4}ssword", Some(&stored)).await.unwrap().matches);
        assert!(!hasher.verify("password", Some(&stored)).await.unwrap().matches);
    }

    #[tokio::test]
    async fn c12_long_passwords_that_differ_late_are_different() {
        let hasher = Hasher::new(&keys().1).unwrap();
        let (one, other) = (format!("{}a", "x".repeat(99)), format!("{}b", "x".repeat(99)));
        let stored = hasher.hash(&one).await.unwrap();
        assert!(!hasher.verify(&other, Some(&stored)).await.unwrap().matches);
    }

    #[tokio::test]
    async fn c02_nobody_costs_as_much_as_somebody() {
        let hasher = Hasher::new(&keys().1).unwrap();
        let stored = hasher.hash("correct horse").await.unwrap();
        let before = hasher.count();
        assert!(!hasher.verify("wrong horse", Some(&stored)).await.unwrap().matches);
        let for_somebody = hasher.count() - before;
        assert!(!hasher.verify("nobody has this password", None).await.unwrap().matches);
        assert_eq!(hasher.count() - before, 2 * for_somebody);
    }

    #[tokio::test]
    async fn c25_a_new_secret_still_knows_the_old_hashes_and_renews_them() {
        let (old_secret, old_keys) = keys();
        let stored = Hasher::new(&old_keys).unwrap().hash("correct horse").await.unwrap();
        let rotated = Hasher::new(&Keys::new(&Secret::generate(), Some(&old_secret))).unwrap();
        let verdict = rotated.verify("correct horse", Some(&stored)).await.unwrap();
        assert!(verdict.matches);
        let renewed = verdict.rehashed.unwrap();
        assert!(rotated.verify("correct horse", Some(&renewed)).await.unwrap().rehashed.is_none());
    }

    #[tokio::test]
    async fn c25_a_hash_of_weaker_parameters_is_renewed() {
        let (_, keys) = keys();
        let (weak, salt) = (Params::new(8 * 1024, 1, 1, Some(OUTPUT_LENGTH)).unwrap(), Salt::generate());
        let stored = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&weak).unwrap(),
            salt: Some(salt),
            hash: Some(compute(&keys.current.pepper, "correct horse", &salt, weak).unwrap()),
        };
        let hasher = Hasher::new(&keys).unwrap();
        let verdict = hasher.verify("correct horse", Some(&stored.to_string())).await.unwrap();
        let renewed = verdict.rehashed.unwrap();
        assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed}");
        assert!(!hasher.verify("wrong horse", Some(&stored.to_string())).await.unwrap().matches);
    }
}
