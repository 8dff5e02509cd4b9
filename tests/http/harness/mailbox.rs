//! A real mail server for scenarios: npm's `smtp-server`, started by `end2end/mailbox/server.mjs`, which hands out over HTTP what
//! has come. It ends with the scenario.

use super::{BEGINNING, Client, Given, Ground, PASSWORD, Person, TestApp};
use backend::Clock;
use serde::Deserialize;
use serde_json::json;
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tickbox::Settings;
use tokio::time::{Instant, sleep};

/// How long a mail may take. On a busy machine a process may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who our mails come from.
pub(crate) const SENDER: &str = "Tickbox <tickbox@mail.example>";

/// The mail server.
pub(crate) struct Mailbox {
    child: Child,
    place: Place,
    http: Client,
}

/// Where it is, as it says itself.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Place {
    /// The port for mails.
    pub(crate) smtp: u16,
    http: u16,
    /// Its certificate in PEM, if it encrypts.
    pub(crate) certificate: Option<String>,
}

/// A mail that has come.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Mail {
    pub(crate) to: Vec<String>,
    /// Whether it came encrypted.
    pub(crate) secure: bool,
    pub(crate) headers: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// As it travelled.
    pub(crate) raw: String,
}

impl Mail {
    /// The address of its link.
    #[track_caller]
    pub(crate) fn link(&self) -> String {
        let link = self.text.split_whitespace().find(|word| word.contains("?token="));
        link.unwrap_or_else(|| panic!("no link in {}", self.text)).to_owned()
    }

    /// The token of its link.
    #[track_caller]
    pub(crate) fn token(&self) -> String {
        self.link().rsplit_once('=').unwrap().1.to_owned()
    }
}

impl Mailbox {
    /// Starts it with these wishes, such as `--tls`.
    pub(crate) fn start(wishes: &[&str]) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../end2end/mailbox/server.mjs");
        let mut child = Command::new("node")
            .args([script, "--tied"])
            .args(wishes)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts the mail server; `make test` installs its packages");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let place: Place = serde_json::from_str(&line).expect("the mail server says where it is");
        let http = Client::at(&format!("http://127.0.0.1:{}", place.http));
        Self { child, place, http }
    }

    /// Where it is.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Sends mails of a server here.
    pub(crate) fn settings(&self) -> impl FnOnce(&mut Settings) + use<> {
        let url = format!("smtp://127.0.0.1:{}", self.place.smtp);
        |settings| {
            settings.smtp_url = Some(url);
            settings.mail_from = Some(SENDER.to_owned());
        }
    }

    /// What has come for this address so far.
    pub(crate) async fn mails(&self, to: &str) -> Vec<Mail> {
        let query = serde_urlencoded::to_string([("to", to)]).unwrap();
        let answer = self.http.get(&format!("/mails?{query}")).await.expect(200);
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Waits until so many have come for this address, and gives the last.
    pub(crate) async fn wait(&self, to: &str, count: usize) -> Mail {
        let end = Instant::now() + PATIENCE;
        loop {
            let mails = self.mails(to).await;
            assert!(mails.len() <= count, "{} mails for {to}: {:#?}", mails.len(), subjects(&mails));
            if mails.len() == count {
                return mails.into_iter().next_back().unwrap();
            }
            assert!(Instant::now() < end, "{} of {count} mails for {to}: {:#?}", mails.len(), subjects(&mails));
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// From now on it will `take`, `refuse` or `stall`.
    pub(crate) async fn behave(&self, manner: &'static str) {
        self.http.request("POST", "/manner").untyped_body(manner).send().await;
    }
}

fn subjects(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.subject.as_str()).collect()
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server that runs, with a mail server to send through.
pub(crate) struct Post {
    /// The server.
    pub(crate) app: TestApp,
    /// Its mail server.
    pub(crate) mailbox: Mailbox,
}

impl Given for Post {
    async fn given(ground: Ground) -> Self {
        let mailbox = Mailbox::start(&[]);
        let app = TestApp::start(&ground, Clock::manual(BEGINNING), mailbox.settings()).await;
        Self { app: app.expect("the server starts"), mailbox }
    }
}

impl Post {
    /// Signs somebody up, who opens the link in the mail and signs in with a browser.
    pub(crate) async fn arrive(&self, name: &str) -> Person {
        let email = format!("{name}@mail.example");
        let body = json!({"email": email, "password": PASSWORD, "name": name});
        self.app.anonymous().post("/api/auth/signup", &body).await.expect(202);
        let token = self.mailbox.wait(&email, 1).await.token();
        self.app.anonymous().post("/api/auth/verify", &json!({"token": token})).await.expect(204);
        let browser = self.app.browser();
        let answer = browser.post("/api/auth/signin", &json!({"email": email, "password": PASSWORD})).await.expect(200);
        let answer = answer.json();
        let access = browser.cookie("tickbox_at").expect("an access cookie");
        let refresh = browser.cookie("tickbox_rt").expect("a refresh cookie");
        let id = answer["user"]["id"].as_str().expect("the user's id").to_owned();
        Person { id, email, browser, api: self.app.anonymous().with_bearer(&access), access, refresh }
    }

    /// Waits until no mail is left to send.
    pub(crate) async fn idle(&self) {
        let end = Instant::now() + PATIENCE;
        while self.app.rows().await.count("outbox") > 0 {
            assert!(Instant::now() < end, "mails are still waiting");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Asks for a link to set a new password with.
    pub(crate) async fn forget(&self, email: &str) {
        let answer = self.app.anonymous().post("/api/auth/reset", &json!({"email": email})).await;
        answer.expect(202);
    }

    /// Sets a new password by a link.
    pub(crate) async fn reset(&self, token: &str, password: &str) -> super::Answer {
        let client: Client = self.app.anonymous();
        client.post("/api/auth/reset/confirm", &json!({"token": token, "password": password})).await
    }

    /// Signs in as a program.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> super::Answer {
        let body = json!({"email": email, "password": password, "cookies": false});
        self.app.anonymous().post("/api/auth/signin", &body).await
    }
}
