//! Where settings are said: a flag counts more than the environment, that more than the file. Whatever is not known
//! is an error, since a setting with a typo in its name would silently not hold.

use super::{KEYS, SettingsError};
use std::collections::BTreeMap;

/// What was said on the command line, as name and value.
pub(crate) type Flags = Vec<(String, String)>;

/// The settings that were said, by name.
#[derive(Debug, Default)]
pub(super) struct Said(BTreeMap<&'static str, String>);

impl Said {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// Merges the three sources. Empty variables count as unset: compose files make such.
pub(super) fn merge(
    flags: &Flags,
    variables: impl IntoIterator<Item = (String, String)>,
    file: Option<&str>,
) -> Result<Said, SettingsError> {
    let mut said = match file {
        Some(text) => read_file(text)?,
        None => Said::default(),
    };
    let variables: BTreeMap<String, String> = variables.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    for name in variables.keys() {
        let is_ours = name.starts_with("TICKBOX_") && !name.starts_with("TICKBOX_TEST_") && name != "TICKBOX_CONFIG";
        if is_ours && !KEYS.iter().any(|key| key.variables.contains(&name.as_str())) {
            return Err(SettingsError::Unknown { place: "the environment", name: name.clone() });
        }
    }
    for key in &KEYS {
        let variable = key.variables.iter().find_map(|name| variables.get(*name));
        let flag = flags.iter().find(|(name, _)| name == key.name).map(|(_, value)| value);
        if let Some(value) = flag.or(variable) {
            said.0.insert(key.name, value.clone());
        }
    }
    Ok(said)
}

fn read_file(text: &str) -> Result<Said, SettingsError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| SettingsError::File(error.to_string()))?;
    let mut said = Said::default();
    for (name, value) in table {
        let key = KEYS.iter().find(|key| key.name == name);
        let key = key.ok_or_else(|| SettingsError::Unknown { place: "the settings file", name: name.clone() })?;
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(truth) => truth.to_string(),
            _ => return Err(SettingsError::invalid(key.name, "write this as a text, in quotes")),
        };
        said.0.insert(key.name, value);
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_flag_counts_more_than_the_environment_and_that_more_than_the_file() {
        let file = "log = \"file\"\nsignup = \"closed\"\naddress = \"127.0.0.1:1\"";
        let variables = pairs(&[("TICKBOX_LOG", "environment"), ("TICKBOX_ADDR", "127.0.0.1:2"), ("HOME", "/root")]);
        let said = merge(&pairs(&[("address", "127.0.0.1:3")]), variables, Some(file)).unwrap();
        assert_eq!(said.get("signup"), Some("closed"));
        assert_eq!(said.get("log"), Some("environment"));
        assert_eq!(said.get("address"), Some("127.0.0.1:3"));
        assert_eq!(said.get("base_url"), None);
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        assert!(merge(&Flags::new(), pairs(&[("TICKBOX_ADRR", "x")]), None).is_err());
        assert!(merge(&Flags::new(), pairs(&[]), Some("adress = \"x\"")).is_err());
        assert!(merge(&Flags::new(), pairs(&[]), Some("[server]\naddress = \"x\"")).is_err());
        assert!(
            merge(&Flags::new(), pairs(&[("TICKBOX_TEST_POSTGRES", "x"), ("LEPTOS_OUTPUT_NAME", "x")]), None).is_ok()
        );
    }

    #[test]
    fn numbers_and_truths_need_no_quotes() {
        let said = merge(&Flags::new(), pairs(&[]), Some("password_min = 10\nlog = true")).unwrap();
        assert_eq!((said.get("password_min"), said.get("log")), (Some("10"), Some("true")));
        assert!(merge(&Flags::new(), pairs(&[]), Some("password_min = [10]")).is_err());
    }

    #[test]
    fn an_empty_variable_is_none() {
        let said = merge(&Flags::new(), pairs(&[("TICKBOX_BASE_URL", ""), ("TICKBOX_LEFTOVER", "")]), None).unwrap();
        assert_eq!(said.get("base_url"), None);
    }
}
