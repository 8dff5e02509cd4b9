//! Reads the line of a new task while it is being typed. Only the answer about what stands there now counts.

use super::{desk::Desk, line::Line};
use crate::{
    client::{actions, page},
    components::tasks::{Reading, Stretch},
};
use js_sys::{Function, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, KeyboardEvent};

/// How long to wait for the next letter, in milliseconds.
const PAUSE: u32 = 80;

/// Whether something is the line of a new task.
pub(super) fn is_line(target: &Element) -> bool {
    target.closest(".quick-line").ok().flatten().is_some()
}

/// Reads the line when nothing more is typed for a moment.
pub(super) fn soon(desk: Desk, target: &Element) {
    let Some(input) = target.dyn_ref::<HtmlInputElement>().cloned() else { return };
    let text = input.value();
    if text.trim().is_empty() {
        return desk.line.set(Line::default());
    }
    // Until the answer is there, what stands where it stood stays marked.
    desk.line.update(|line| line.reading = still_true(&line.reading, &text));
    spawn_local(async move {
        page::pause(PAUSE).await;
        if input.value() != text {
            return;
        }
        let ignored = desk.line.with_untracked(|line| line.ignored.join("\n"));
        let reading = ask(&text, &ignored).await;
        if let Some(reading) = reading.filter(|_| input.value() == text) {
            desk.line.update(|line| line.reading = reading);
            follow(&input);
        }
    });
}

/// Several lines that are pasted are several tasks: the page for them asks before it makes any.
pub(super) fn paste(event: &Event, target: &Element) {
    let pasted = || {
        let data = Reflect::get(event, &"clipboardData".into()).ok()?;
        let read: Function = Reflect::get(&data, &"getData".into()).ok()?.dyn_into().ok()?;
        read.call1(&data, &"text".into()).ok()?.as_string()
    };
    let Some(text) = pasted().filter(|text| text.trim().contains(['\n', '\r'])) else { return };
    let form = page::find("#paste").and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    if let Some((form, input)) = form.zip(target.dyn_ref::<HtmlInputElement>()) {
        event.prevent_default();
        page::set_value(&form, "lines", &format!("{}{text}", input.value()));
        let _ = form.submit();
    }
}

/// Moves the marks along with the letters of a line that is longer than its field.
pub(super) fn follow(input: &Element) {
    if let Some(marks) = page::find(".quick-line-marks") {
        marks.set_scroll_left(input.scroll_left());
    }
}

/// Turns a chip back into text.
pub(super) fn keep(desk: Desk, chip: &Element) {
    let words = Reflect::get(chip, &"value".into()).ok().and_then(|value| value.as_string());
    let Some((words, input)) = words.zip(page::find(".quick-line input")) else { return };
    let _ = input.focus();
    ignore(desk, words, &input);
}

/// Backspace at the end of what was understood turns that back into text, before it deletes anything.
pub(super) fn backspace(desk: Desk, event: &KeyboardEvent, target: &Element) {
    let Some(input) = target.dyn_ref::<HtmlInputElement>() else { return };
    let (Ok(Some(start)), Ok(Some(end))) = (input.selection_start(), input.selection_end()) else { return };
    let words = desk.line.with_untracked(|line| ends_at(&line.reading, start as usize));
    if let Some(words) = words.filter(|_| start == end) {
        event.prevent_default();
        ignore(desk, words, target);
    }
}

fn ignore(desk: Desk, words: String, input: &Element) {
    desk.line.update(|line| line.ignored.push(words));
    soon(desk, input);
}

/// The words of the stretch that was understood and ends here. The browser counts in halves of UTF-16.
fn ends_at(reading: &Reading, caret: usize) -> Option<String> {
    let mut at = 0;
    reading.stretches.iter().find_map(|stretch| {
        at += stretch.text.encode_utf16().count();
        (at == caret && stretch.meaning.is_some()).then(|| stretch.text.clone())
    })
}

/// The stretches from the start that the line still has.
fn still_true(reading: &Reading, text: &str) -> Reading {
    let (mut stretches, mut rest) = (Vec::new(), text);
    for stretch in &reading.stretches {
        let Some(after) = rest.strip_prefix(stretch.text.as_str()) else { break };
        stretches.push(stretch.clone());
        rest = after;
    }
    stretches.push(Stretch { text: rest.to_owned(), meaning: None });
    Reading { stretches }
}

async fn ask(text: &str, ignored: &str) -> Option<Reading> {
    actions::ask("read_line", &[("text", text), ("ignored", ignored)]).await?.read()
}
