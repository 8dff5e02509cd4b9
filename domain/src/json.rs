//! Reads a JSON object field by field and collects every complaint, so that a person mends all of them at once.
//! What a single value must look like is said by its own type through [`FromText`].

use crate::{
    Error, FieldError, Place,
    calendar::{ClockTime, Date, parse_date},
    ids,
};
use serde_json::{Map, Value};

/// Why a text is not a value of some type: a stable word and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// A stable word for programs, in snake case.
    pub code: &'static str,
    /// A sentence for people.
    pub detail: String,
    /// Where in the text it stands, if that is known.
    pub place: Option<Place>,
    /// Which element of a list it is about, if it is about one.
    pub element: Option<usize>,
}

impl Complaint {
    /// A complaint from its two parts.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), place: None, element: None }
    }

    /// The same about a part of the text, in code points.
    pub fn at(self, start: usize, end: usize) -> Self {
        Self { place: Some(Place { start, end }), ..self }
    }

    /// The same about an element of a list, with its text, if it has any, in the sentence.
    pub fn of_element(self, number: usize, text: &str) -> Self {
        let shown: String = text.chars().take(Self::SHOWN).flat_map(char::escape_debug).collect();
        let more = if text.chars().count() > Self::SHOWN { "…" } else { "" };
        let detail = if text.is_empty() { self.detail } else { format!("“{shown}{more}”: {}", self.detail) };
        Self { detail, element: Some(number), ..self }
    }

    /// How much of a text is repeated to whoever sent it, in code points.
    const SHOWN: usize = 50;

    /// The complaint about a field of this name.
    pub fn about(self, field: &str) -> FieldError {
        let inside = self.element.iter().map(usize::to_string).collect();
        FieldError { place: self.place, inside, ..FieldError::new(field, self.code, self.detail) }
    }
}

/// A value that is written as a text and checked as it is read: parse, then never check again.
pub trait FromText: Sized {
    /// Reads the text, or says what is wrong with it.
    ///
    /// # Errors
    /// The complaint names the rule that the text breaks.
    fn from_text(text: &str) -> Result<Self, Complaint>;
}

/// Any text, as it was sent.
impl FromText for String {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        Ok(text.to_owned())
    }
}

impl FromText for Date {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        parse_date(text).ok_or_else(|| Complaint::new("invalid_date", "Give a date that exists, as YYYY-MM-DD"))
    }
}

impl FromText for ClockTime {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        text.parse().map_err(|_| Complaint::new("invalid_time", "Give a time of day between 00:00 and 23:59, as HH:MM"))
    }
}

macro_rules! id_from_text {
    ($($id:ident),*) => {
        $(impl FromText for ids::$id {
            fn from_text(text: &str) -> Result<Self, Complaint> {
                text.parse().map_err(|_| Complaint::new("invalid_id", "Give an id as a UUID"))
            }
        })*
    };
}

id_from_text!(TaskId, ProjectId, TagId, FilterId, SessionId, PasskeyId, ChangeId);

/// A JSON object that is being read.
#[derive(Debug)]
pub struct Reader {
    members: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Reader {
    /// Starts with an object.
    ///
    /// # Errors
    /// Any other JSON value is refused as a whole.
    pub fn new(value: Value) -> Result<Self, Error> {
        match value {
            Value::Object(members) => Ok(Self { members, errors: Vec::new() }),
            _ => Err(Error::field("", "not_an_object", "Send a JSON object")),
        }
    }

    /// Takes no notice of fields that the server owns.
    pub fn ignore(&mut self, fields: &[&str]) {
        for field in fields {
            self.members.remove(*field);
        }
    }

    /// An optional text value: absent is `None`, null is `Some(None)`.
    pub fn text<T: FromText>(&mut self, field: &str) -> Option<Option<T>> {
        self.value(field, text)
    }

    /// A text value that must be there: absent and null are complained about as `missing`.
    pub fn required<T: FromText>(&mut self, field: &str, missing: &str) -> Option<T> {
        self.required_value(field, missing, text)
    }

    /// Any value that must be there: absent and null are complained about as `missing`.
    pub fn required_value<T>(
        &mut self,
        field: &str,
        missing: &str,
        read: impl FnOnce(&Value) -> Result<T, Complaint>,
    ) -> Option<T> {
        let known = self.members.contains_key(field);
        match self.value(field, read) {
            Some(Some(value)) => Some(value),
            Some(None) => {
                self.complain(field, "required", missing);
                None
            }
            None if !known => {
                self.complain(field, "required", missing);
                None
            }
            None => None,
        }
    }

    /// A text value that may be left out but not cleared: null is complained about as `missing`.
    pub fn not_null<T: FromText>(&mut self, field: &str, missing: &str) -> Option<T> {
        self.members.contains_key(field).then(|| self.required(field, missing)).flatten()
    }

    /// An optional truth value.
    pub fn boolean(&mut self, field: &str) -> Option<bool> {
        self.value(field, |value| value.as_bool().ok_or_else(|| Complaint::new("not_a_boolean", "Send true or false")))
            .flatten()
    }

    /// Any value, read by `read`: absent is `None`, null is `Some(None)`; a complaint is kept and reads as absent.
    pub fn value<T>(&mut self, field: &str, read: impl FnOnce(&Value) -> Result<T, Complaint>) -> Option<Option<T>> {
        match self.members.remove(field)? {
            Value::Null => Some(None),
            value => match read(&value) {
                Ok(value) => Some(Some(value)),
                Err(complaint) => {
                    self.errors.push(complaint.about(field));
                    None
                }
            },
        }
    }

    /// Keeps a complaint about a field.
    pub fn complain(&mut self, field: &str, code: &str, detail: impl Into<String>) {
        self.errors.push(FieldError::new(field, code, detail));
    }

    /// Ends the reading: what was not asked for is unknown.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything that was complained about.
    pub fn finish(mut self) -> Result<(), Error> {
        for field in self.members.keys() {
            self.errors.push(FieldError::new(field, "unknown_field", format!("There is no field {field:?} here")));
        }
        if self.errors.is_empty() { Ok(()) } else { Err(Error::Invalid(self.errors)) }
    }
}

fn text<T: FromText>(value: &Value) -> Result<T, Complaint> {
    match value {
        Value::String(text) => T::from_text(text),
        _ => Err(Complaint::new("not_a_text", "Send this as a text")),
    }
}

/// Whether a text shows nothing: white space, and the characters without a glyph that are used to feign emptiness.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|character| {
        let is_invisible =
            matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}');
        is_invisible || character.is_whitespace()
    })
}

/// Refuses control characters, which PostgreSQL cannot store (NUL) and logs should not show.
///
/// # Errors
/// A complaint where the text holds a control character that is not in `allowed`.
pub fn without_controls(text: &str, allowed: &[char]) -> Result<(), Complaint> {
    if text.chars().any(|character| character.is_control() && !allowed.contains(&character)) {
        return Err(Complaint::new("control_character", "Remove the control characters from this text"));
    }
    Ok(())
}
