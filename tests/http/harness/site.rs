//! A built site in miniature, as `cargo leptos build` leaves it, and beside it what must never be served.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A line of the script that is served.
pub(crate) const SCRIPT: &str = "export const tickbox = 1;";

/// What lies around and must not be served.
pub(crate) const HIDDEN: &str = "nobody may read this";

/// Writes the site into a folder and says where it is.
pub(super) fn build(folder: &Path) -> PathBuf {
    let root = folder.join("site");
    fs::create_dir_all(root.join("pkg/snippets")).unwrap();
    for (name, text) in [
        ("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("pkg/tickbox.js", SCRIPT),
        ("pkg/tickbox.0a1b2c.js", SCRIPT),
        ("pkg/tickbox.0a1b2c.css", "body { color: black }"),
        ("pkg/tickbox.0a1b2c.wasm", "\0asm"),
        ("pkg/snippets/part.js", SCRIPT),
        (".env", HIDDEN),
        ("pkg/.hidden", HIDDEN),
        ("../outside.txt", HIDDEN),
    ] {
        fs::write(root.join(name), text).unwrap();
    }
    root
}
