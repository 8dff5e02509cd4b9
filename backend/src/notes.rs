//! Notes are written in Markdown. Here they become HTML that is safe to put into a page, whatever was written, and here
//! their checkboxes are ticked.

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// The syntax beyond that of CommonMark.
const SYNTAX: Options = Options::ENABLE_TASKLISTS.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_TABLES);

/// What may be in a page. Nothing that was written as HTML gets this far, so that the button can only be a checkbox.
static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut safe = Builder::empty();
    safe.tags(HashSet::from([
        "p",
        "br",
        "hr",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "button",
    ]))
    .tag_attributes(HashMap::from([
        ("a", HashSet::from(["href", "title"])),
        ("ol", HashSet::from(["start"])),
        ("button", HashSet::from(["class", "type", "name", "value", "role", "aria-checked", "aria-label"])),
    ]))
    .url_schemes(HashSet::from(["http", "https", "mailto"]))
    .url_relative(UrlRelative::Deny)
    .link_rel(Some("noopener noreferrer nofollow"));
    safe
});

/// The notes as HTML. HTML in them is shown as it was typed, pictures are links to them, and links lead to the web or to
/// a mailbox. Each checkbox is a button that sends its `number`, counted from 0.
pub fn to_html(notes: &str) -> String {
    let mut number = 0;
    let mut boxes = checkboxes(notes).into_iter();
    let events = Parser::new_ext(notes, SYNTAX).map(|event| match event {
        Event::TaskListMarker(is_ticked) => {
            let label = boxes.next().map(|found| found.label).unwrap_or_default();
            number += 1;
            Event::InlineHtml(button(number - 1, is_ticked, &label).into())
        }
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(tag) => Event::Start(plain(tag)),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        event => event,
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    SAFE.clean(&page).to_string()
}

/// The notes with the checkbox of such a number ticked, or its tick taken back; nothing if there is none.
pub fn toggle(notes: &str, number: usize) -> Option<String> {
    let found = checkboxes(notes).into_iter().nth(number)?;
    let (before, after) = (notes.get(..found.letter)?, notes.get(found.letter + 1..)?);
    let letter = if found.is_ticked { ' ' } else { 'x' };
    Some(format!("{before}{letter}{after}"))
}

/// The notes with no checkbox ticked.
pub fn untick(notes: &str) -> String {
    let mut unticked = notes.to_owned();
    for found in checkboxes(notes).iter().filter(|found| found.is_ticked) {
        // The letter between the brackets is one byte, be it an x or an X.
        unticked.replace_range(found.letter..=found.letter, " ");
    }
    unticked
}

/// A checkbox in the notes.
struct Checkbox {
    /// Where the letter between its brackets stands.
    letter: usize,
    is_ticked: bool,
    /// What stands beside it.
    label: String,
}

fn checkboxes(notes: &str) -> Vec<Checkbox> {
    let mut found: Vec<Checkbox> = Vec::new();
    let mut is_open = false;
    for (event, range) in Parser::new_ext(notes, SYNTAX).into_offset_iter() {
        match event {
            Event::TaskListMarker(is_ticked) => {
                found.push(Checkbox { letter: range.start + 1, is_ticked, label: String::new() });
                is_open = true;
            }
            Event::Text(text) | Event::Code(text) if is_open => {
                if let Some(checkbox) = found.last_mut() {
                    checkbox.label.push_str(&text);
                }
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Item | TagEnd::Paragraph)
            | Event::Start(Tag::List(_)) => {
                is_open = false;
            }
            _ => {}
        }
    }
    found
}

fn button(number: usize, is_ticked: bool, label: &str) -> String {
    let name = ammonia::clean_text(label.trim());
    format!(
        "<button class=\"note-check\" type=\"submit\" name=\"number\" value=\"{number}\" role=\"checkbox\" \
         aria-checked=\"{is_ticked}\" aria-label=\"{name}\"></button>"
    )
}

/// A heading of the notes stands below those of the page; a picture, which would tell its server who reads, is a link.
fn plain(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Heading { level, id, classes, attrs } => Tag::Heading { level: lower(level), id, classes, attrs },
        Tag::Image { link_type, dest_url, id, .. } => Tag::Link { link_type, dest_url, title: CowStr::from(""), id },
        tag => tag,
    }
}

const fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html() {
        for (notes, html) in [
            ("Some *words*, ~~not~~ **these**", "<p>Some <em>words</em>, <del>not</del> <strong>these</strong></p>\n"),
            ("# Top\n## Next", "<h3>Top</h3>\n<h4>Next</h4>\n"),
            ("3. three\n4. four", "<ol start=\"3\">\n<li>three</li>\n<li>four</li>\n</ol>\n"),
            ("`let x = a < b`", "<p><code>let x = a &lt; b</code></p>\n"),
        ] {
            assert_eq!(to_html(notes), html);
        }
    }

    #[test]
    fn nothing_that_was_written_can_act() {
        for notes in [
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "a <b onclick=alert(1)>b</b>",
            "<button name=do value=delete_account>Win</button>",
            "</form><form action=//evil.example>",
            "<svg onload=alert(1)>",
            "<!-- --!> <style>*{display:none}</style>",
            "- [ ] \"><img src=x onerror=alert(1)>",
        ] {
            let html = to_html(notes);
            for tag in ["<script", "<img", "<b ", "<form", "<svg", "<style", "<button name"] {
                assert!(!html.contains(tag), "{notes}: {html}");
            }
        }
    }

    #[test]
    fn g04_links_lead_to_the_web_or_to_a_mailbox() {
        let rel = "rel=\"noopener noreferrer nofollow\"";
        assert_eq!(
            to_html("[a](https://a.example/?x=1)"),
            format!("<p><a href=\"https://a.example/?x=1\" {rel}>a</a></p>\n")
        );
        assert!(to_html("<mailto:a@b.example>").contains("href=\"mailto:a@b.example\""));
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "/settings",
            "//evil.example",
            "#top",
            "file:///etc/passwd",
        ] {
            assert!(!to_html(&format!("[a]({address})")).contains("href"), "{address}");
        }
        let picture = to_html("![a cat](https://a.example/cat.png)");
        assert_eq!(picture, format!("<p><a href=\"https://a.example/cat.png\" {rel}>a cat</a></p>\n"));
    }

    #[test]
    fn checkboxes_are_told_and_ticked_by_their_number() {
        let notes = "List\n\n- [ ] milk\n- [x] *old* bread\n  - [ ] crumbs\n\n```\n- [ ] code\n```\n";
        let html = to_html(notes);
        assert!(html.contains("value=\"0\" role=\"checkbox\" aria-checked=\"false\" aria-label=\"milk\""), "{html}");
        assert!(
            html.contains("value=\"1\" role=\"checkbox\" aria-checked=\"true\" aria-label=\"old&#32;bread\"")
                || html.contains("aria-label=\"old bread\""),
            "{html}"
        );
        assert_eq!(toggle(notes, 0).as_deref(), Some(notes.replacen("[ ] milk", "[x] milk", 1).as_str()));
        assert_eq!(toggle(notes, 1).as_deref(), Some(notes.replacen("[x]", "[ ]", 1).as_str()));
        assert_eq!(toggle(notes, 2).as_deref(), Some(notes.replacen("[ ] crumbs", "[x] crumbs", 1).as_str()));
        assert_eq!(toggle(notes, 3), None);
        let ticked = notes.replacen("[ ] crumbs", "[X] crumbs", 1);
        assert_eq!(untick(&ticked), notes.replacen("[x]", "[ ]", 1));
    }
}
