//! The mail server that the settings name. Whatever is wrong with it is found before anything starts.

use super::{Settings, SettingsError};
use backend::mail::{Relay, RelayError};

impl Settings {
    /// The way to the mail server; none where none is named.
    pub(crate) fn relay(&self) -> Result<Option<Relay>, SettingsError> {
        let Some(url) = &self.smtp_url else { return Ok(None) };
        let unreadable = |error: std::io::Error| SettingsError::invalid("mail_ca_file", error.to_string());
        let certificates = self.mail_ca_file.as_ref().map(std::fs::read).transpose().map_err(unreadable)?;
        let sender = self.mail_from.as_deref().unwrap_or_default();
        let relay = Relay::new(url, sender, certificates.as_deref());
        relay.map(Some).map_err(|error| SettingsError::invalid(culprit(error), error.to_string()))
    }
}

const fn culprit(error: RelayError) -> &'static str {
    match error {
        RelayError::Url | RelayError::PasswordInClear => "smtp_url",
        RelayError::Sender => "mail_from",
        RelayError::Certificates => "mail_ca_file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl FnOnce(&mut Settings)) -> Option<String> {
        let mut settings = Settings::for_tests("sqlite://x".to_owned(), "nowhere".into());
        settings.smtp_url = Some("smtps://me:hush@mail.example".to_owned());
        settings.mail_from = Some("tickbox@mail.example".to_owned());
        change(&mut settings);
        settings.relay().err().map(|error| error.to_string())
    }

    #[test]
    fn the_setting_at_fault_is_named_and_the_password_is_not() {
        assert_eq!(refusal(|_| ()), None);
        let in_clear =
            refusal(|settings| settings.smtp_url = Some("smtp://me:hush@mail.example?tls=none".to_owned())).unwrap();
        assert!(
            in_clear.starts_with("the setting smtp_url (SMTP_URL): the password would travel unencrypted"),
            "{in_clear}"
        );
        let nonsense = refusal(|settings| settings.smtp_url = Some("hush@mail".to_owned())).unwrap();
        assert!(nonsense.starts_with("the setting smtp_url (SMTP_URL): ") && !nonsense.contains("hush"), "{nonsense}");
        assert!(refusal(|settings| settings.mail_from = None).unwrap().starts_with("the setting mail_from ("));
        let file = refusal(|settings| settings.mail_ca_file = Some("nowhere/ca.pem".into())).unwrap();
        assert!(file.starts_with("the setting mail_ca_file ("), "{file}");
    }
}
