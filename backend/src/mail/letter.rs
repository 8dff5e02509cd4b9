//! A mail as it travels: the same words as plain text and as simple HTML.

use super::message::Words;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use std::{error::Error, fmt::Write};
use uuid::Uuid;

/// Tells other programs that no person wrote this, so that none answers on a person's behalf (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Makes the mail of this id; none if its recipient is no address that a mail can be sent to.
pub(super) fn compose(id: Uuid, sender: &Mailbox, recipient: &str, words: &Words, base: &str) -> Option<Message> {
    // The id stays the same at every try, so that a mailbox which got it twice can tell.
    let message_id = format!("<{}@{}>", id.simple(), sender.email.domain());
    let built = Message::builder()
        .from(sender.clone())
        .to(Mailbox::new(None, address(recipient)?))
        .subject(words.subject)
        .message_id(Some(message_id))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(plain(words, base), html(words, base)));
    built.ok()
}

/// The address as mail servers know it: the domain in its ASCII form, without the dot at its end.
fn address(email: &str) -> Option<Address> {
    let (local, domain) = email.rsplit_once('@')?;
    let domain = idna::domain_to_ascii(domain.strip_suffix('.').unwrap_or(domain)).ok()?;
    Address::new(local, domain).ok()
}

fn plain(words: &Words, base: &str) -> String {
    let link = words.link.iter().map(|(label, address)| format!("{label}:\n{address}"));
    let paragraphs: Vec<String> = words.before.iter().cloned().chain(link).chain(words.after.iter().cloned()).collect();
    format!("{}\n\n-- \nTickbox, {base}\n", paragraphs.join("\n\n"))
}

fn html(words: &Words, base: &str) -> String {
    let mut body = String::new();
    let paragraph = |body: &mut String, text: &str| {
        // Writing to a text cannot fail.
        let _ = writeln!(body, "<p>{}</p>", escaped(text));
    };
    words.before.iter().for_each(|text| paragraph(&mut body, text));
    if let Some((label, address)) = &words.link {
        let address = escaped(address);
        let _ = writeln!(body, "<p><a href=\"{address}\">{}</a></p>\n<p>{address}</p>", escaped(label));
    }
    words.after.iter().for_each(|text| paragraph(&mut body, text));
    let (subject, base) = (escaped(words.subject), escaped(base));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{subject}</title></head>\n<body>\n{body}<p>Tickbox, {base}</p>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        Words { subject: "A word", before: vec![text.to_owned()], link: None, after: Vec::new() }
    }

    fn sent(recipient: &str, text: &str) -> Option<String> {
        let sender = "Tickbox <tickbox@mail.example>".parse().unwrap();
        let message = compose(Uuid::nil(), &sender, recipient, &words(text), "https://tasks.example")?;
        Some(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn g02_markup_in_a_mail_is_text() {
        let html = html(&words("<script>alert(1)</script> & \"'"), "https://tasks.example");
        assert!(html.contains("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#39;</p>"), "{html}");
    }

    #[test]
    fn g09_a_text_of_many_lines_makes_no_header() {
        let mail = sent("ada@mail.example", "one\r\nBcc: eve@mail.example\r\n\r\ntwo").unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("Bcc"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated") && head.contains("To: ada@mail.example"), "{head}");
    }

    #[test]
    fn addresses_are_written_as_mail_servers_know_them() {
        assert!(sent("ada@M\u{fc}nchen.de.", "x").unwrap().contains("To: ada@xn--mnchen-3ya.de"));
        assert!(sent("nobody", "x").is_none());
        assert!(sent("a@b.example\r\nBcc: eve@mail.example", "x").is_none());
    }
}
