//! API tokens: what programs carry instead of a password, each with scopes and an end. How a token is made and looked up
//! is the business of `backend`.

use crate::{
    Error, Timestamp,
    choice::choice,
    ids::ApiTokenId,
    json::{Complaint, FromText, Reader, without_controls},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

choice!(
    /// What an API token allows. No scope holds another.
    Scope {
        /// Reading tasks and what belongs to them.
        #[default] TasksRead = "tasks:read",
        /// Changing them.
        TasksWrite = "tasks:write",
        /// Reading the profile, the settings and the log of the account.
        AccountRead = "account:read",
        /// Taking everything away as one document.
        Export = "export",
    }
);

choice!(
    /// How long an API token lives.
    Lifetime {
        /// A month.
        Days30 = "30",
        /// A quarter.
        #[default] Days90 = "90",
        /// A year.
        Days365 = "365",
        /// Until it is revoked.
        Unlimited = "never",
    }
);

impl Scope {
    /// What it allows, as people say it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TasksRead => "Read tasks",
            Self::TasksWrite => "Add, change and delete tasks",
            Self::AccountRead => "Read the profile, the settings and the activity",
            Self::Export => "Take all data away",
        }
    }
}

impl Lifetime {
    /// How many days; none without an end.
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::Days30 => Some(30),
            Self::Days90 => Some(90),
            Self::Days365 => Some(365),
            Self::Unlimited => None,
        }
    }

    /// How long, as people say it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Days30 => "30 days",
            Self::Days90 => "90 days",
            Self::Days365 => "A year",
            Self::Unlimited => "Until it is revoked",
        }
    }
}

/// What its owner calls a token, 1 to 100 code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenName(String);

impl TokenName {
    /// The most code points of a name.
    pub const LONGEST: usize = 100;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for TokenName {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Complaint::new("required", "Give the token a name, such as what it is for"));
        }
        if text.chars().count() > Self::LONGEST {
            return Err(Complaint::new("too_long", format!("A name has at most {} characters", Self::LONGEST)));
        }
        without_controls(text, &[])?;
        Ok(Self(text.to_owned()))
    }
}

/// A token as its owner sees it; the token itself is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiToken {
    /// Its id.
    pub id: ApiTokenId,
    /// What its owner calls it.
    pub name: TokenName,
    /// How it begins and ends, to tell it from others.
    pub hint: String,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiToken {
    /// What its owner calls it.
    pub name: TokenName,
    /// What it allows: at least one thing, each once.
    pub scopes: Vec<Scope>,
    /// How long it lives.
    pub lifetime: Lifetime,
}

impl NewApiToken {
    /// Reads the JSON body of a new token: `name`, `scopes` and `expires_in_days`, null for never.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let name = reader.required("name", "Give the token a name, such as what it is for");
        let scopes = reader.required_value("scopes", "Choose what the token allows", scopes);
        let lifetime = reader.value("expires_in_days", lifetime).map(|days| days.unwrap_or(Lifetime::Unlimited));
        reader.finish()?;
        match (name, scopes) {
            (Some(name), Some(scopes)) => Ok(Self { name, scopes, lifetime: lifetime.unwrap_or_default() }),
            _ => Err(Error::Internal),
        }
    }
}

/// At least one scope, each once, in the order to offer them.
fn scopes(value: &Value) -> Result<Vec<Scope>, Complaint> {
    let not_a_list = || Complaint::new("not_a_list", "Send the scopes as a list of texts");
    let words = value.as_array().ok_or_else(not_a_list)?;
    let named = words.iter().zip(0..).map(|(word, number)| match word {
        Value::String(word) => Scope::from_text(word).map_err(|complaint| complaint.of_element(number, word)),
        other => Err(not_a_list().of_element(number, &other.to_string())),
    });
    let named: Vec<Scope> = named.collect::<Result<_, _>>()?;
    if named.is_empty() {
        return Err(Complaint::new("required", "Choose what the token allows"));
    }
    Ok(Scope::ALL.iter().copied().filter(|scope| named.contains(scope)).collect())
}

fn lifetime(value: &Value) -> Result<Lifetime, Complaint> {
    let days = value.as_i64();
    let known = Lifetime::ALL.iter().copied().find(|lifetime| days.is_some() && lifetime.days() == days);
    known.ok_or_else(|| Complaint::new("unknown_choice", "Choose 30, 90 or 365 days, or null for no end"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_token_has_a_name_scopes_and_an_end() {
        let body = json!({"name": " Backup ", "scopes": ["export", "tasks:read", "export"], "expires_in_days": 30});
        let token = NewApiToken::from_json(body).unwrap();
        assert_eq!(token.name.as_str(), "Backup");
        assert_eq!(token.scopes, [Scope::TasksRead, Scope::Export]);
        assert_eq!(token.lifetime, Lifetime::Days30);
        let lifetime = |days: Value| {
            NewApiToken::from_json(json!({"name": "x", "scopes": ["export"], "expires_in_days": days}))
                .map(|token| token.lifetime)
        };
        assert_eq!(lifetime(Value::Null), Ok(Lifetime::Unlimited));
        assert!(lifetime(json!(31)).is_err() && lifetime(json!("30")).is_err());
    }

    #[test]
    fn every_fault_is_told_at_once() {
        for (body, fields) in [
            (json!({}), vec!["name", "scopes"]),
            (json!({"name": "", "scopes": []}), vec!["name", "scopes"]),
            (json!({"name": "x", "scopes": ["tasks:all"]}), vec!["scopes"]),
            (json!({"name": "x", "scopes": "export"}), vec!["scopes"]),
            (json!({"name": "a\u{0}b", "scopes": ["export"], "expires_in_days": 1}), vec!["name", "expires_in_days"]),
        ] {
            let faults = NewApiToken::from_json(body.clone()).unwrap_err();
            let named: Vec<String> = faults.fields().into_iter().map(|fault| fault.field).collect();
            assert_eq!(named, fields, "{body}");
        }
    }
}
