//! `tickbox user …`, as the program that operators run, beside a server that runs.

use crate::harness::{BEGINNING, Ground, PASSWORD, SECRET, TestApp, process::program, scenarios};
use backend::{Clock, SignUpPolicy};
use serde_json::json;
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

scenarios![an_operator_looks_after_accounts_by_commands, what_a_command_cannot_do_is_said];

fn run(ground: &Ground, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(program())
        .args(words)
        .env("DATABASE_URL", &ground.url)
        .env("TICKBOX_DATA_DIR", &ground.folder)
        .env("JWT_SECRET", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[track_caller]
fn succeed(ground: &Ground, words: &[&str], input: &str) -> String {
    let output = run(ground, words, input);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn fail(ground: &Ground, words: &[&str], input: &str, why: &str) {
    let output = run(ground, words, input);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(why), "{words:?}: {said}");
    assert!(output.stdout.is_empty());
}

async fn an_operator_looks_after_accounts_by_commands(ground: Ground) {
    let made = succeed(&ground, &["user", "add", "ada@mail.example", "--admin"], "");
    let password = made.lines().nth(1).expect("a password on a line of its own").to_owned();
    assert!(made.starts_with("ada@mail.example is an admin.") && password.len() >= 20, "{made}");
    let closed = |settings: &mut tickbox::Settings| settings.sign_up = Some(SignUpPolicy::Closed);
    let app = TestApp::start(&ground, Clock::manual(BEGINNING), closed).await.unwrap();
    let sign_in = async |email: &str, password: &str| {
        let body = json!({"email": email, "password": password, "cookies": false});
        app.anonymous().post("/api/auth/signin", &body).await
    };
    let ada = sign_in("ada@mail.example", &password).await.expect(200).json();
    assert_eq!(ada["user"]["is_admin"], true);
    succeed(&ground, &["user", "add", "--password-stdin", "Bob@mail.example"], &format!("{PASSWORD}\nignored"));
    let bob = sign_in("bob@mail.example", PASSWORD).await.expect(200).json();
    assert_eq!(bob["user"]["is_admin"], false);
    let token = bob["access_token"].as_str().unwrap().to_owned();
    let list = succeed(&ground, &["user", "list"], "");
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[1].starts_with("Bob@mail.example\tuser\tactive\t1\t"), "{list}");
    assert!(lines[2].starts_with("ada@mail.example\tadmin\tactive\t1\t"), "{list}");
    succeed(&ground, &["user", "end-sessions", "bob@mail.example"], "");
    assert!(!app.takes(&token).await, "a server that runs sees it at the next request");
    succeed(&ground, &["user", "disable", "bob@mail.example"], "");
    sign_in("bob@mail.example", PASSWORD).await.expect(401);
    assert!(succeed(&ground, &["user", "list"], "").contains("Bob@mail.example\tuser\tdisabled\t0\t"));
    succeed(&ground, &["user", "enable", "bob@mail.example"], "");
    let bob = sign_in("bob@mail.example", PASSWORD).await.expect(200).json();
    let bob = app.anonymous().with_bearer(bob["access_token"].as_str().unwrap());
    let happened = ["signed_in", "enabled", "disabled", "ended_by_operator", "signed_in", "made_by_operator"];
    assert_eq!(bob.events().await, happened);
}

async fn what_a_command_cannot_do_is_said(ground: Ground) {
    succeed(&ground, &["user", "add", "ada@mail.example"], "");
    assert!(succeed(&ground, &["user", "list"], "").contains("ada@mail.example\tadmin\t"), "the first runs the server");
    fail(&ground, &["user", "add", "ADA@mail.example"], "", "Email already registered");
    fail(&ground, &["user", "add", "nonsense"], "", "Invalid email format");
    fail(&ground, &["user", "add", "bob@mail.example", "--password-stdin"], "password\n", "too easy to guess");
    fail(&ground, &["user", "add", "bob@mail.example", "--password-stdin"], "short\n", "at least 8 characters");
    fail(
        &ground,
        &["user", "disable", "nobody@mail.example"],
        "",
        "there is no account with the address nobody@mail.example",
    );
    fail(&ground, &["user", "disable", "ada@mail.example"], "", "This is the last admin");
    fail(&ground, &["user", "promote", "ada@mail.example"], "", "unrecognized subcommand");
    fail(&ground, &["user"], "", "requires a subcommand");
}
