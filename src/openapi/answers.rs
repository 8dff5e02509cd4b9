//! What follows for an endpoint's answers from the rule of its route and from what it takes: the refusals that come
//! before any handler, and the headers. No handler has to say it, and none can say anything else.

use super::security::operation;
use crate::{middleware::body::Accepts, routes::Recorded};
use utoipa::openapi::{
    Content, Object, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Type,
    header::{Header, HeaderBuilder},
    path::{Operation, Parameter, ParameterIn},
};

/// Adds the answers and the headers that an endpoint's documentation need not repeat.
pub(super) fn describe(description: &mut OpenApi, routes: &[Recorded]) {
    for route in routes {
        let item = description.paths.paths.get_mut(&route.path);
        if let Some(operation) = item.and_then(|item| operation(item, &route.method)) {
            add_refusals(operation, route.accepts);
            if let Some(RefOr::T(body)) = &mut operation.request_body {
                body.required = Some(if route.accepts.may_lack() { Required::False } else { Required::True });
            }
            add_headers(operation);
        }
    }
}

/// A problem (RFC 9457) with this sentence.
pub(super) fn problem(sentence: &str) -> RefOr<Response> {
    let shown = Content::new(Some(Ref::from_schema_name("Problem")));
    RefOr::T(ResponseBuilder::new().description(sentence).content("application/problem+json", shown).build())
}

fn add_refusals(operation: &mut Operation, accepts: Accepts) {
    let mut add = |status: &str, sentence: &str| {
        operation.responses.responses.entry(status.to_owned()).or_insert_with(|| problem(sentence));
    };
    add("400", "The address or the body cannot be read");
    add("503", "The server is busy or its database away; `Retry-After` says when to try again");
    if accepts != Accepts::Nothing {
        add("408", "The body did not arrive in time");
        add("413", "More than 256 KiB");
        add("415", "Not sent as a type that is read here");
    }
}

fn add_headers(operation: &mut Operation) {
    let takes = |name: &str, place: &ParameterIn| takes(operation, name, place);
    let in_header = ParameterIn::Header;
    let repeatable = takes("Idempotency-Key", &in_header);
    let preferring = takes("Prefer", &in_header);
    let conditional = takes("If-None-Match", &in_header);
    let paged = takes("cursor", &ParameterIn::Query);
    if preferring {
        let little = ResponseBuilder::new().description("It is done; so little was preferred").build();
        operation.responses.responses.entry("204".to_owned()).or_insert_with(|| RefOr::T(little));
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let succeeds = status.starts_with('2');
        let mut add = |applies: bool, name: &str, header: fn() -> Header| {
            if applies {
                response.headers.entry(name.to_owned()).or_insert_with(|| RefOr::T(header()));
            }
        };
        add(status == "401", "WWW-Authenticate", || text("`Bearer`"));
        add(matches!(status.as_str(), "408" | "429" | "503"), "Retry-After", || number("How many seconds to wait"));
        add(status == "429", "RateLimit", || text("What is left, and for how many seconds: `\"guesses\";r=0;t=42`"));
        add(status == "429", "RateLimit-Policy", || text("How many within how many seconds: `\"guesses\";q=20;w=300`"));
        add(succeeds && repeatable, "X-Change-Seq", || number("The change's number in your log"));
        add(succeeds && repeatable, "Idempotent-Replay", || text("`true` for the answer to an earlier request"));
        add(succeeds && preferring, "Preference-Applied", || text("What of `Prefer` was heeded"));
        add(succeeds && preferring, "ETag", || text("The task's revision"));
        add(conditional && (succeeds || status == "304"), "ETag", || text("The version of what is shown"));
        add(succeeds && paged, "Link", || text("Where the next page is, as `rel=\"next\"`"));
    }
}

fn takes(operation: &Operation, name: &str, place: &ParameterIn) -> bool {
    let is_it = |parameter: &Parameter| parameter.name == name && parameter.parameter_in == *place;
    operation.parameters.iter().flatten().any(|parameter| matches!(parameter, RefOr::T(known) if is_it(known)))
}

fn text(sentence: &str) -> Header {
    HeaderBuilder::new().schema(Some(Object::with_type(Type::String))).description(Some(sentence)).build()
}

fn number(sentence: &str) -> Header {
    HeaderBuilder::new().schema(Some(Object::with_type(Type::Integer))).description(Some(sentence)).build()
}
