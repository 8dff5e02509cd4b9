//! Where the server's secret comes from. With the embedded database it is made once and kept in the data folder; any
//! other database must be told one, since its other servers need the same.

use super::{Settings, SettingsError};
use backend::Secret;
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

impl Settings {
    /// The secret in force; made and written down if there is none and there need not have been one.
    pub(crate) fn secret(&self) -> Result<Secret, SettingsError> {
        match &self.jwt_secret {
            Some(text) => from_text("jwt_secret", text),
            None if self.is_embedded() => self.kept_secret(),
            None => Err(SettingsError::SecretMissing),
        }
    }

    /// The secret before it.
    pub(crate) fn previous_secret(&self) -> Result<Option<Secret>, SettingsError> {
        self.jwt_secret_previous.as_deref().map(|text| from_text("jwt_secret_previous", text)).transpose()
    }

    fn is_embedded(&self) -> bool {
        self.database_url().starts_with("sqlite:")
    }

    fn kept_secret(&self) -> Result<Secret, SettingsError> {
        let path = self.data_dir.join("jwt_secret");
        let unusable = |reason: String| SettingsError::SecretFile { path: path.clone(), reason };
        match fs::read_to_string(&path) {
            Ok(text) => Secret::new(text.trim().as_bytes().to_vec()).map_err(|error| unusable(error.to_string())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                // A new secret would sign everybody out and make every stored password worthless.
                if self.has_database() {
                    return Err(unusable(
                        "it is gone, while the database it belongs to is there. Restore it".to_owned(),
                    ));
                }
                write_new(&self.data_dir, &path).map_err(|error| unusable(error.to_string()))
            }
            Err(error) => Err(unusable(error.to_string())),
        }
    }

    fn has_database(&self) -> bool {
        let url = self.database_url();
        let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
        Path::new(path.split('?').next().unwrap_or_default()).exists()
    }
}

fn from_text(name: &'static str, text: &str) -> Result<Secret, SettingsError> {
    Secret::new(text.as_bytes().to_vec()).map_err(|error| SettingsError::invalid(name, error.to_string()))
}

fn write_new(folder: &Path, path: &Path) -> std::io::Result<Secret> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let secret = Secret::generate();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(secret.expose())?;
    file.sync_all()?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn settings(folder: &Path) -> Settings {
        Settings { jwt_secret: None, database_url: None, ..Settings::for_tests(String::new(), folder.to_owned()) }
    }

    #[test]
    fn the_secret_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let secret = settings.secret().unwrap();
        assert_eq!(settings.secret().unwrap(), secret);
        let mode = fs::metadata(folder.path().join("jwt_secret")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_broken_or_lost_secret_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        for text in ["", "short"] {
            fs::write(folder.path().join("jwt_secret"), text).unwrap();
            assert!(matches!(settings.secret(), Err(SettingsError::SecretFile { .. })), "{text:?}");
        }
        fs::remove_file(folder.path().join("jwt_secret")).unwrap();
        fs::write(folder.path().join("tickbox.db"), "rows").unwrap();
        assert!(matches!(settings.secret(), Err(SettingsError::SecretFile { .. })));
    }

    #[test]
    fn another_database_must_be_told_a_good_one() {
        let folder = tempfile::tempdir().unwrap();
        let url = "postgres://tickbox@db/tickbox".to_owned();
        let mut settings = Settings { jwt_secret: None, ..Settings::for_tests(url, folder.path().to_owned()) };
        assert!(matches!(settings.secret(), Err(SettingsError::SecretMissing)));
        settings.jwt_secret = Some("weak".to_owned());
        assert!(matches!(settings.secret(), Err(SettingsError::Invalid { .. })));
        settings.jwt_secret = Some("a".repeat(32));
        assert!(settings.secret().is_ok());
    }
}
