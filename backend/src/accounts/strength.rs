//! How hard a password is to guess. Length is judged in `domain`; here are the lists of common passwords, names and
//! words, which are too large for a browser, and what an attacker knows of the account anyway.

use super::{Client, throttle};
use crate::{Backend, Result};
use domain::{
    accounts::{DisplayName, Email, Password},
    json::Complaint,
};
use zxcvbn::zxcvbn;

/// Longer passwords are judged by their beginning: the work grows with the square of the length.
const JUDGED: usize = 100;
/// Anything that fewer guesses find falls to a patient guesser who has stolen the hashes (OWASP; ASVS 6.2.4). It is where
/// zxcvbn's third score begins, so that eight characters by chance just pass.
const FEWEST_GUESSES: u64 = 100_000_000;

/// How hard a password is to guess, and how to make it harder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// From 0, found at once, to 4, not found in a lifetime.
    pub score: u8,
    /// Whether it may be used.
    pub is_enough: bool,
    /// What is weak about it and what helps, in sentences; empty if nothing is.
    pub advice: String,
}

/// Judges a password by what is known of its owner, for whoever is choosing it.
///
/// # Errors
/// [`domain::Error::TooManyAttempts`] for an address that has many judged.
pub async fn strength(
    backend: &Backend,
    client: &Client,
    password: &str,
    email: &str,
    name: Option<&str>,
) -> Result<Strength> {
    throttle::count_judgement(backend, client)?;
    judged(password, email, name).await
}

async fn judged(password: &str, email: &str, name: Option<&str>) -> Result<Strength> {
    let beginning = |text: &str, length: usize| text.chars().take(length).collect::<String>();
    let password = beginning(password, JUDGED);
    let known =
        known_words(&beginning(email, Email::LONGEST), &beginning(name.unwrap_or_default(), DisplayName::LONGEST));
    Ok(tokio::task::spawn_blocking(move || judge(&password, &known)).await?)
}

/// Refuses a password that is too easy to guess, beside the field it was typed into.
pub(super) async fn insist(password: &Password, email: &Email, name: Option<&str>, field: &str) -> Result<()> {
    let strength = judged(password.expose(), email.as_str(), name).await?;
    if strength.is_enough {
        return Ok(());
    }
    let complaint = Complaint::new("guessable", format!("This password is too easy to guess. {}", strength.advice));
    Err(domain::Error::Invalid(vec![complaint.about(field)]).into())
}

fn judge(password: &str, known: &[String]) -> Strength {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let entropy = zxcvbn(password, &known);
    let is_about_owner = is_made_of(password, &known);
    let is_enough = !is_about_owner && entropy.guesses() >= FEWEST_GUESSES;
    let feedback = entropy.feedback();
    let warning = feedback.and_then(|feedback| feedback.warning()).map(|warning| warning.to_string());
    let suggestions = feedback.map(|feedback| feedback.suggestions()).unwrap_or_default();
    let about_owner = is_about_owner.then(|| "It is made of your name, your address or ours.".to_owned());
    let told = about_owner.into_iter().chain(warning).chain(suggestions.iter().map(ToString::to_string));
    let mut advice: Vec<String> = told.map(sentence).collect();
    if advice.is_empty() && !is_enough {
        advice.push("Make it longer: a few words in a row are easy to remember.".to_owned());
    }
    let score = if is_enough { u8::from(entropy.score()).max(3) } else { u8::from(entropy.score()).min(2) };
    Strength { score, is_enough, advice: advice.join(" ") }
}

/// Whether too little for a password is left of it without the words that anybody would try first (ASVS 6.2.11).
fn is_made_of(password: &str, known: &[&str]) -> bool {
    let whole = password.to_lowercase();
    let mut longest_first = known.to_vec();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = longest_first.into_iter().fold(whole.clone(), |rest, word| rest.replace(word, ""));
    rest.len() < whole.len() && rest.chars().count() < Password::SHORTEST
}

fn sentence(text: String) -> String {
    if text.ends_with(['.', '!']) { text } else { format!("{text}.") }
}

/// What anybody who sees the account would try first: the address and its parts, the name and its words, ours.
fn known_words(email: &str, name: &str) -> Vec<String> {
    let whole = [email, email.rsplit_once('@').map_or("", |(local, _)| local), name, "tickbox"];
    let words = [email, name].into_iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    let mut known: Vec<String> =
        whole.into_iter().chain(words).filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect();
    known.sort_unstable();
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_enough(password: &str) -> bool {
        judge(password, &known_words("ada.lovelace@mail.example", "Ada King")).is_enough
    }

    #[test]
    fn c08_common_passwords_and_words_about_the_owner_are_too_easy() {
        for weak in [
            "password",
            "Password1234567",
            "qwertyuiop",
            "iloveyou2",
            "1234567890123",
            "aaaaaaaaaaaaaaaa",
            "lovelace1815",
            "adalovelace2026",
            "ada.lovelace@mail.example",
            "tickbox123",
            "Tickbox2026!",
            "letmein!!",
        ] {
            assert!(!is_enough(weak), "{weak}");
        }
    }

    /// The 3000 commonest that are long enough for us (ASVS 6.2.4), of the lists that SecLists collects from leaks. They
    /// are another source than the one that zxcvbn carries.
    #[test]
    fn c08_the_commonest_passwords_are_too_easy() {
        let common: Vec<&str> = include_str!("common_passwords.txt").lines().collect();
        assert_eq!(common.len(), 3000);
        let accepted: Vec<&&str> = common.iter().filter(|password| judge(password, &[]).is_enough).collect();
        assert!(accepted.is_empty(), "{accepted:?}");
    }

    #[test]
    fn a_few_words_or_a_little_chance_are_enough() {
        for strong in [
            "quiet river at dawn",
            "correct horse battery staple",
            "v9#Lq2!x",
            "meadow lantern 42",
            "ada likes lanterns",
        ] {
            assert!(is_enough(strong), "{strong}");
        }
    }

    #[test]
    fn what_is_refused_comes_with_advice() {
        for weak in ["password", "k7 r2 q", "abcdefgh", "lovelace"] {
            let strength = judge(weak, &known_words("ada.lovelace@mail.example", ""));
            assert!(!strength.is_enough && strength.advice.ends_with('.'), "{weak}: {strength:?}");
        }
    }
}
