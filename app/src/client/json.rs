//! Reads and writes JSON by the browser's own parser, which is there already; serde's would be a fifth of the whole module.

use domain::{json::FromText, tasks::Priority};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Writes an object of texts and nulls, and of minutes.
pub fn write<'a>(members: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> String {
    let object = Object::new();
    for (name, text) in members {
        let mut value = text.map_or(JsValue::NULL, JsValue::from_str);
        if name == "duration_min" && text.is_some() {
            value = value.unchecked_into_f64().into();
        }
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    JSON::stringify(&object).ok().map(String::from).unwrap_or_default()
}

/// A JSON value.
pub struct Json(JsValue);

impl Json {
    /// Reads a text.
    pub fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
    }

    /// The value itself, if it is of this type.
    pub fn read<T: FromJson>(&self) -> Option<T> {
        T::from_json(self)
    }

    /// A member of an object, if it is there and of this type.
    pub fn get<T: FromJson>(&self, name: &str) -> Option<T> {
        T::from_json(&Self(Reflect::get(&self.0, &name.into()).ok()?))
    }

    /// A member of an object, or nothing where it is not there. What the server of this very page has written needs no
    /// second look, and the code for one would be a hundredth of the whole module.
    pub fn member<T: FromJson + Default>(&self, name: &str) -> T {
        self.get(name).unwrap_or_default()
    }
}

/// A value that has a form in JSON.
pub trait FromJson: Sized {
    /// The value, if this is its form.
    fn from_json(json: &Json) -> Option<Self>;
}

impl FromJson for String {
    fn from_json(json: &Json) -> Option<Self> {
        json.0.as_string()
    }
}

impl FromJson for bool {
    fn from_json(json: &Json) -> Option<Self> {
        json.0.as_bool()
    }
}

impl FromJson for i64 {
    fn from_json(json: &Json) -> Option<Self> {
        json.0.as_f64().map(|number| number as Self)
    }
}

impl FromJson for u64 {
    fn from_json(json: &Json) -> Option<Self> {
        i64::from_json(json)?.try_into().ok()
    }
}

impl FromJson for usize {
    fn from_json(json: &Json) -> Option<Self> {
        i64::from_json(json)?.try_into().ok()
    }
}

impl FromJson for Priority {
    fn from_json(json: &Json) -> Option<Self> {
        Self::from_text(&json.0.as_string()?).ok()
    }
}

/// What is missing or null is not there.
impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Json) -> Option<Self> {
        Some(T::from_json(json))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Json) -> Option<Self> {
        let values: &Array = json.0.dyn_ref()?;
        values.iter().map(|value| T::from_json(&Json(value))).collect()
    }
}

impl FromJson for (String, String) {
    fn from_json(json: &Json) -> Option<Self> {
        let [first, second] = <[String; 2]>::try_from(Vec::from_json(json)?).ok()?;
        Some((first, second))
    }
}
