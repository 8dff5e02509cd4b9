//! The command line of the program: what it says of itself and of words that it does not know. What its commands do to
//! accounts is proved in `tests/http`, which starts the program too: cargo builds it because this test asks for it.
#![allow(unused_crate_dependencies, reason = "the program's own dependencies are not used here")]

use std::process::{Command, Output};

fn run(words: &[&str], settings: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_tickbox"))
        .args(words)
        .env_clear()
        .env("TICKBOX_DATA_DIR", folder.path())
        .envs(settings.iter().copied())
        .current_dir(folder.path())
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn it_tells_its_version_and_its_commands() {
    let version = run(&["--version"], &[]);
    assert!(version.status.success());
    assert_eq!(text(&version.stdout).trim(), concat!("tickbox ", env!("CARGO_PKG_VERSION")));
    let help = text(&run(&["--help"], &[]).stdout);
    for command in ["serve", "migrate", "config", "user"] {
        assert!(help.contains(command), "{command} is missing: {help}");
    }
}

#[test]
fn settings_are_shown_without_their_secrets() {
    let secret = "a-secret-that-nobody-may-see-on-a-screen";
    let shown = run(&["config"], &[("JWT_SECRET", secret), ("TICKBOX_ADDR", "127.0.0.1:3999")]);
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    let shown = text(&shown.stdout);
    assert!(shown.contains("127.0.0.1:3999") && !shown.contains(secret), "{shown}");
}

#[test]
fn what_it_does_not_know_is_named() {
    let word = run(&["serv"], &[]);
    assert_eq!(word.status.code(), Some(2));
    assert!(text(&word.stderr).contains("'serv'"), "{}", text(&word.stderr));
    let setting = run(&["config"], &[("TICKBOX_ADDR", "nowhere")]);
    assert_eq!(setting.status.code(), Some(1));
    let said = text(&setting.stderr);
    assert!(said.contains("TICKBOX_ADDR") && said.contains("nowhere"), "{said}");
    assert!(setting.stdout.is_empty());
}
