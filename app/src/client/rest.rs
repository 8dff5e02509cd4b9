//! The REST interface. A write that gets lost on the way is sent again under the same idempotency key, so that the
//! server carries it out once, however often it arrives.

use super::{
    json::{FromJson, Json},
    page,
};
use crate::components::tasks::{Card, Fault, Reason, address};
use domain::tasks::Kin;
pub use gloo_net::http::Method;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Date, Function, Math, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// How long to wait before each further try, in milliseconds.
const WAITS: [u32; 3] = [300, 1_000, 3_000];
/// The longest wait that a server may ask for, in milliseconds.
const LONGEST_WAIT: u32 = 30_000;

/// What the server has decided, or why it could not.
pub type Answer<T> = Result<T, Trouble>;

/// Why there is nothing.
pub enum Trouble {
    /// The session has ended.
    SignedOut,
    /// It was refused, or never arrived.
    Refused(Box<Reason>),
}

/// One page of a list.
pub struct Page {
    /// The tasks in the order that was asked for.
    pub items: Vec<Card>,
    /// What to send as `cursor` for the next page.
    pub next_cursor: Option<String>,
}

impl FromJson for Page {
    fn from_json(json: &Json) -> Option<Self> {
        let mut items: Vec<Card> = json.get("items")?;
        for (card, kin) in items.iter_mut().zip(json.member::<Vec<Kin>>("kin")) {
            card.kin = Some(kin);
        }
        Some(Self { items, next_cursor: json.get("next_cursor")? })
    }
}

/// Reads the list that an address of the page asks for.
pub async fn list(list: &str) -> Answer<Page> {
    let lost = |_| Trouble::Refused(unreachable());
    let address = address(list, [("expand", "kin")]);
    let request = Request::get(&format!("/api/me{address}")).build().map_err(lost)?;
    let response = request.send().await.map_err(lost)?;
    let text = response.text().await.map_err(lost)?;
    judge(&response, &text).map_err(|refused| refused.trouble)
}

/// One write.
pub struct Write {
    /// The method.
    pub method: Method,
    /// The path behind `/api/me/tasks`.
    pub path: String,
    /// The JSON body.
    pub body: Option<String>,
    /// The revision that it builds on.
    pub revision: Option<String>,
    /// What makes it the same write when it comes again.
    pub key: String,
}

/// What a write came to.
pub struct Written {
    /// The task as it is now; one that was deleted has none.
    pub card: Option<Card>,
    /// The change by which it can be taken back, unless all was so already.
    pub change: Option<String>,
}

/// Sends a write, several times if need be.
pub async fn send(write: &Write) -> Answer<Written> {
    let mut waits = WAITS.into_iter();
    loop {
        let refused = match send_once(write).await {
            Ok(written) => return Ok(written),
            Err(refused) => refused,
        };
        match refused.wait.zip(waits.next()) {
            Some((asked, wait)) => page::pause(asked.clamp(wait, LONGEST_WAIT)).await,
            None => return Err(refused.trouble),
        }
    }
}

/// A key that nobody has used before. Browsers make UUIDs only on pages that came safely (https, or this machine).
pub fn new_key() -> String {
    let uuid = || {
        let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
        let make: Function = Reflect::get(&crypto, &"randomUUID".into()).ok()?.dyn_into().ok()?;
        make.call0(&crypto).ok()?.as_string()
    };
    let chance = || (Math::random() * f64::from(u32::MAX)) as u32;
    uuid().unwrap_or_else(|| format!("{}-{}-{}", Date::now() as u64, chance(), chance()))
}

/// A request that came to nothing.
struct Refused {
    trouble: Trouble,
    /// For what may be decided when it comes again: how long the server asks to wait, in milliseconds.
    wait: Option<u32>,
}

async fn send_once(write: &Write) -> Result<Written, Refused> {
    let lost = |_| Refused { trouble: Trouble::Refused(unreachable()), wait: Some(0) };
    let mut request = RequestBuilder::new(&format!("/api/me/tasks{}", write.path))
        .method(write.method.clone())
        .header("content-type", "application/json")
        .header("idempotency-key", &write.key);
    if let Some(revision) = &write.revision {
        request = request.header("if-match", &format!("\"{revision}\""));
    }
    let request = match &write.body {
        Some(body) => request.body(JsValue::from_str(body)),
        None => request.build(),
    };
    let response = request.map_err(lost)?.send().await.map_err(lost)?;
    let text = response.text().await.map_err(lost)?;
    let card = if response.status() == 204 { None } else { Some(judge(&response, &text)?) };
    Ok(Written { card, change: response.headers().get("x-change-id") })
}

fn judge<T: FromJson>(response: &Response, text: &str) -> Result<T, Refused> {
    let status = response.status();
    let body = Json::parse(text);
    if let Some(body) = body.as_ref().filter(|_| response.ok()).and_then(T::from_json) {
        return Ok(body);
    }
    if status == 401 {
        return Err(Refused { trouble: Trouble::SignedOut, wait: None });
    }
    let may_pass = matches!(status, 408 | 502..=504);
    let asked = || response.headers().get("retry-after").and_then(|text| text.trim().parse::<u32>().ok());
    let wait = may_pass.then(|| asked().unwrap_or(0).saturating_mul(1_000));
    let reason = body.and_then(|body| problem(&body, may_pass || status == 500)).unwrap_or_else(unreachable);
    Err(Refused { trouble: Trouble::Refused(reason), wait })
}

/// Nothing that makes sense came back.
pub fn unreachable() -> Box<Reason> {
    let sentence = "Could not reach the server. Nothing you typed is lost.".to_owned();
    Box::new(Reason { sentence, faults: Vec::new(), newest: None, may_pass: true })
}

/// What a refusal says (RFC 9457).
pub fn problem(body: &Json, may_pass: bool) -> Option<Box<Reason>> {
    let faults = body.get::<Vec<Fault>>("errors").unwrap_or_default();
    let (sentence, newest) = (body.get("detail")?, body.get("current")?);
    Some(Box::new(Reason { sentence, faults, newest, may_pass }))
}
