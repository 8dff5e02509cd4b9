//! Takes a page apart as a browser would, far enough to tell markup from text that looks like it: elements, their
//! attributes, and what stands inside scripts, titles and text areas, where no markup counts.

/// One element of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name, in lower case.
    pub(crate) name: String,
    /// Its attributes as they are written, references not resolved.
    pub(crate) attributes: Vec<(String, String)>,
    /// What stands in it, if it is one whose content is not markup.
    pub(crate) text: String,
}

/// Every element of a page, in order.
pub(crate) fn elements(page: &str) -> Vec<Element> {
    let (mut found, mut rest) = (Vec::new(), page);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (mut element, after) = open_tag(rest);
            rest = after;
            if ["script", "style", "title", "textarea"].contains(&element.name.as_str()) {
                let end = rest.to_lowercase().find(&format!("</{}", element.name)).unwrap_or(rest.len());
                element.text = rest[..end].to_owned();
                rest = &rest[end..];
            }
            found.push(element);
        }
    }
    found
}

/// Reads a tag from its name to its end.
fn open_tag(text: &str) -> (Element, &str) {
    let (name, mut rest) = take_until(text, |c| c.is_ascii_whitespace() || "/>".contains(c));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            let element = Element { name: name.to_lowercase(), attributes, text: String::new() };
            return (element, rest.get(1..).unwrap_or_default());
        }
        let (attribute, after) = take_until(rest, |c| c.is_ascii_whitespace() || "=/>".contains(c));
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(value) => match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                _ => take_until(value, |c| c.is_ascii_whitespace() || c == '>'),
            },
        };
        // A character that no attribute can begin with is skipped, as browsers do.
        rest = if attribute.is_empty() && value.is_empty() { after.get(1..).unwrap_or_default() } else { after };
        attributes.push((attribute.to_lowercase(), value.to_owned()));
    }
}

fn take_until(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

#[test]
fn text_is_told_from_markup() {
    let page = r#"<!DOCTYPE html><p title="<b>">1 < 2<!-- <i> --></p><script nonce=x>"<u>"</script><img src=x onerror='a("<s>")'>"#;
    let elements = elements(page);
    let names: Vec<&str> = elements.iter().map(|element| element.name.as_str()).collect();
    assert_eq!(names, ["p", "script", "img"]);
    assert_eq!(elements[1].text, "\"<u>\"");
    let attributes: Vec<&str> = elements[2].attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(attributes, ["src", "onerror"]);
}
