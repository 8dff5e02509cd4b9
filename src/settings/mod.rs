//! The settings in force: from flags, then the environment, then an optional TOML file. What can be wrong with them is
//! found here, before anything starts.

mod keys;
mod mail;
mod network;
mod secret;
mod source;

pub(crate) use keys::KEYS;
pub use network::Network;
pub(crate) use source::Flags;

use crate::origin::Origin;
use backend::SignUpPolicy;
use domain::accounts::LeastLength;
use source::Said;
use std::{
    fmt::Write,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A setting that does not exist.
    #[error("{place} sets {name:?}, which is no setting of Tickbox")]
    Unknown {
        /// Where it was found.
        place: &'static str,
        /// Its name.
        name: String,
    },
    /// A value that a setting cannot have.
    #[error("the setting {name} ({}): {reason}", variable(name))]
    Invalid {
        /// The setting's name.
        name: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The settings file cannot be read.
    #[error("the settings file cannot be read: {0}")]
    File(String),
    /// No secret, and none may be made.
    #[error(
        "JWT_SECRET is not set. Only with SQLite does Tickbox make its own; with another database give every server the same, at least 32 bytes (for example from `openssl rand -base64 48`)"
    )]
    SecretMissing,
    /// The file of the generated secret cannot be used.
    #[error("the secret in {} cannot be used: {reason}", path.display())]
    SecretFile {
        /// Where it should be.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// The environment variable of a setting.
fn variable(name: &'static str) -> &'static str {
    KEYS.iter().find(|key| key.name == name).map_or(name, |key| key.variables[0])
}

impl SettingsError {
    fn invalid(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid { name, reason: reason.into() }
    }
}

/// Everything that an operator can choose.
#[derive(Clone)]
pub struct Settings {
    /// Where to listen.
    pub address: SocketAddr,
    /// The address that browsers use; unset it follows from `address`.
    pub base_url: Option<String>,
    /// The folder of the database and the generated secret.
    pub data_dir: PathBuf,
    /// The database; unset it is a SQLite file in `data_dir`.
    pub database_url: Option<String>,
    /// What every key is derived from.
    pub jwt_secret: Option<String>,
    /// The secret before it.
    pub jwt_secret_previous: Option<String>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Whether strangers may sign up; unset an admin chooses, and until then anybody may.
    pub sign_up: Option<SignUpPolicy>,
    /// How many accounts may be made from one address in an hour.
    pub sign_ups_per_hour: u32,
    /// Whether browsers are told to ask for https of every host below ours as well.
    pub has_secure_subdomains: bool,
    /// The mail server; without one no mail is sent.
    pub smtp_url: Option<String>,
    /// Who mails come from.
    pub mail_from: Option<String>,
    /// A certificate to trust for the mail server.
    pub mail_ca_file: Option<PathBuf>,
    /// The fewest characters of a password.
    pub least_password: LeastLength,
    /// Where to tell metrics; unset they are not told.
    pub metrics_address: Option<SocketAddr>,
    /// What is logged.
    pub log: String,
    /// The folder of scripts, styles and pictures; unset it is looked for beside the program.
    pub site_root: Option<PathBuf>,
}

impl Settings {
    /// Reads flags, environment and file.
    ///
    /// # Errors
    /// Whatever is unknown or cannot be a value.
    pub(crate) fn load(flags: &Flags) -> Result<Self, SettingsError> {
        let flag = flags.iter().find(|(name, _)| name == "config").map(|(_, value)| value.clone());
        let file = flag.or_else(|| std::env::var("TICKBOX_CONFIG").ok().filter(|path| !path.is_empty()));
        let read = |path: String| {
            std::fs::read_to_string(&path).map_err(|error| SettingsError::File(format!("{path}: {error}")))
        };
        let text = file.map(read).transpose()?;
        let variables =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self::from_said(&source::merge(flags, variables, text.as_deref())?)
    }

    /// Settings for a test: a loopback port that the system chooses, with the base URL that follows from it, the
    /// database and the data folder of the test, and a secret of its own where the database is not embedded.
    pub fn for_tests(database_url: String, data_dir: PathBuf) -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            base_url: None,
            data_dir,
            jwt_secret: (!database_url.starts_with("sqlite:"))
                .then(|| "a secret for tests, of 32 bytes and more".to_owned()),
            database_url: Some(database_url),
            jwt_secret_previous: None,
            trusted_proxies: Vec::new(),
            sign_up: None,
            sign_ups_per_hour: 1_000,
            has_secure_subdomains: false,
            smtp_url: None,
            mail_from: None,
            mail_ca_file: None,
            least_password: LeastLength::default(),
            metrics_address: None,
            log: "warn".to_owned(),
            site_root: None,
        }
    }

    fn from_said(said: &Said) -> Result<Self, SettingsError> {
        let owned = |name| said.get(name).map(str::to_owned);
        let base_url = said.get("base_url").map(|text| parse::<Origin>("base_url", text)).transpose()?;
        Ok(Self {
            address: parse("address", said.get("address").unwrap_or("127.0.0.1:3000"))?,
            base_url: base_url.map(|origin| origin.to_string()),
            data_dir: said.get("data_dir").unwrap_or("./data").into(),
            database_url: owned("database_url"),
            jwt_secret: owned("jwt_secret"),
            jwt_secret_previous: owned("jwt_secret_previous"),
            trusted_proxies: said
                .get("trusted_proxies")
                .unwrap_or_default()
                .split(',')
                .map(str::trim)
                .filter(|network| !network.is_empty())
                .map(|network| parse("trusted_proxies", network))
                .collect::<Result<_, _>>()?,
            sign_up: said.get("signup").map(|text| parse("signup", text)).transpose()?,
            sign_ups_per_hour: parse("signups_per_hour", said.get("signups_per_hour").unwrap_or("300"))?,
            has_secure_subdomains: parse("hsts_subdomains", said.get("hsts_subdomains").unwrap_or("false"))?,
            smtp_url: owned("smtp_url"),
            mail_from: owned("mail_from"),
            mail_ca_file: said.get("mail_ca_file").map(PathBuf::from),
            least_password: parse("password_min", said.get("password_min").unwrap_or("8"))?,
            metrics_address: said
                .get("metrics_address")
                .filter(|text| !text.is_empty())
                .map(|text| parse("metrics_address", text))
                .transpose()?,
            log: said.get("log").unwrap_or("info,sea_orm_migration=warn").to_owned(),
            site_root: said.get("site_root").map(PathBuf::from),
        })
    }

    /// The database to open.
    pub(crate) fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite://{}", self.data_dir.join("tickbox.db").display()))
    }

    /// The base URL of a server that listens on this address.
    pub(crate) fn base_url_for(&self, address: SocketAddr) -> String {
        self.base_url.clone().unwrap_or_else(|| {
            let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
            format!("http://{}", SocketAddr::new(ip, address.port()))
        })
    }

    /// The folder of scripts, styles and pictures: as told, else where a release is unpacked, else where one is built.
    pub(crate) fn site_root(&self) -> PathBuf {
        let beside_program = || {
            let program = std::env::current_exe().ok()?;
            Some(program.parent()?.parent()?.join("site")).filter(|folder| folder.is_dir())
        };
        self.site_root.clone().or_else(beside_program).unwrap_or_else(|| Path::new("target/site").to_owned())
    }

    /// The settings in force as TOML, secrets masked.
    pub(crate) fn in_force(&self) -> String {
        let networks = self.trusted_proxies.iter().map(Network::to_string).collect::<Vec<_>>().join(",");
        let masked = |secret: &Option<String>| if secret.is_some() { "(set)" } else { "(not set)" }.to_owned();
        let mut lines = String::new();
        for key in &KEYS {
            let value = match key.name {
                "address" => self.address.to_string(),
                "base_url" => self.base_url_for(self.address),
                "data_dir" => self.data_dir.display().to_string(),
                "database_url" => without_password(&self.database_url()),
                "jwt_secret" => masked(&self.jwt_secret),
                "jwt_secret_previous" => masked(&self.jwt_secret_previous),
                "trusted_proxies" => networks.clone(),
                "signup" => self.sign_up.map_or("(as an admin chooses)", SignUpPolicy::as_str).to_owned(),
                "signups_per_hour" => self.sign_ups_per_hour.to_string(),
                "hsts_subdomains" => self.has_secure_subdomains.to_string(),
                "smtp_url" => masked(&self.smtp_url),
                "mail_from" => self.mail_from.clone().unwrap_or_default(),
                "mail_ca_file" => {
                    self.mail_ca_file.as_ref().map_or_else(String::new, |path| path.display().to_string())
                }
                "password_min" => self.least_password.count().to_string(),
                "metrics_address" => self.metrics_address.map_or_else(String::new, |address| address.to_string()),
                "log" => self.log.clone(),
                _ => self.site_root().display().to_string(),
            };
            // Writing to a text cannot fail.
            let _ = writeln!(lines, "{} = {value:?}", key.name);
        }
        lines.trim_end().to_owned()
    }
}

fn parse<T: FromStr<Err: std::fmt::Display>>(name: &'static str, text: &str) -> Result<T, SettingsError> {
    text.parse().map_err(|error: T::Err| SettingsError::invalid(name, format!("{text:?}: {error}")))
}

fn without_password(url: &str) -> String {
    let masked = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user, host) = rest.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:***@{host}"))
    };
    masked().unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str) -> Result<Settings, SettingsError> {
        Settings::from_said(&source::merge(&Flags::new(), [], Some(file))?)
    }

    #[test]
    fn nothing_said_is_enough() {
        let settings = load("").unwrap();
        assert_eq!(settings.address.to_string(), "127.0.0.1:3000");
        assert_eq!(settings.base_url_for(settings.address), "http://127.0.0.1:3000");
        assert_eq!(settings.database_url(), "sqlite://./data/tickbox.db");
    }

    #[test]
    fn an_open_address_is_reached_by_loopback() {
        let settings = load("address = \"0.0.0.0:8080\"").unwrap();
        assert_eq!(settings.base_url_for(settings.address), "http://127.0.0.1:8080");
    }

    #[test]
    fn values_are_checked() {
        for file in [
            "address = \"here\"",
            "base_url = \"tasks.example\"",
            "signup = \"maybe\"",
            "password_min = \"7\"",
            "password_min = \"65\"",
            "trusted_proxies = \"10.0.0.0/99\"",
            "base_url = \"https://a.example/path\"",
        ] {
            assert!(load(file).is_err(), "{file}");
        }
    }

    #[test]
    fn secrets_are_never_printed() {
        let settings = load("jwt_secret = \"hush\"\ndatabase_url = \"postgres://me:hush@db/tickbox\"").unwrap();
        let text = settings.in_force();
        assert!(!text.contains("hush"), "{text}");
        assert!(text.contains("postgres://me:***@db/tickbox"));
    }
}
