//! People who have signed up, with the browser and the program they use.

use super::{Client, TestApp};
use serde_json::{Value, json};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "copper lantern 42 rivers";

/// The domain of everybody's address.
pub(crate) const EMAIL_DOMAIN: &str = "mail.example";

/// Somebody with an account and one session.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The account's id.
    pub(crate) id: String,
    /// The address.
    pub(crate) email: String,
    /// A browser that holds the session in cookies.
    pub(crate) browser: Client,
    /// A program that sends the same session's access token as bearer.
    pub(crate) api: Client,
    /// That token.
    pub(crate) access: String,
    /// The session's refresh token.
    pub(crate) refresh: String,
}

/// An API token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Its id.
    pub(crate) id: String,
    /// The token itself.
    pub(crate) text: String,
}

/// What a program gets when it signs in.
#[derive(Debug, Clone)]
pub(crate) struct ProgramTokens {
    /// The access token.
    pub(crate) access: String,
    /// The refresh token.
    pub(crate) refresh: String,
}

impl ProgramTokens {
    fn from_body(body: &Value) -> Self {
        let text = |name: &str| body[name].as_str().unwrap_or_else(|| panic!("no {name} in {body}")).to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token") }
    }
}

impl TestApp {
    /// Signs somebody up in a browser.
    pub(crate) async fn sign_up(&self, name: &str) -> Person {
        let (browser, email) = (self.browser(), format!("{name}@{EMAIL_DOMAIN}"));
        let body = json!({"email": email, "password": PASSWORD, "name": name});
        let answer = browser.post("/api/auth/signup", &body).await.expect(201).json();
        let access = browser.cookie("tickbox_at").expect("an access cookie");
        let refresh = browser.cookie("tickbox_rt").expect("a refresh cookie");
        let id = answer["user"]["id"].as_str().expect("the user's id").to_owned();
        Person { id, email, browser, api: self.anonymous().with_bearer(&access), access, refresh }
    }

    /// Signs in as a program: a session of its own, its tokens in the body.
    pub(crate) async fn sign_in_program(&self, person: &Person) -> ProgramTokens {
        let body = json!({"email": person.email, "password": PASSWORD, "cookies": false});
        ProgramTokens::from_body(&self.anonymous().post("/api/auth/signin", &body).await.expect(200).json())
    }

    /// Signs in with another browser: a session of its own.
    pub(crate) async fn sign_in_browser(&self, person: &Person) -> Client {
        let browser = self.browser();
        let body = json!({"email": person.email, "password": PASSWORD});
        browser.post("/api/auth/signin", &body).await.expect(200);
        browser
    }

    /// Hands in a refresh token as a program.
    pub(crate) async fn refresh(&self, token: &str) -> super::Answer {
        self.anonymous().post("/api/auth/refresh", &json!({"refresh_token": token})).await
    }

    /// The same, and it must be taken.
    pub(crate) async fn refreshed(&self, token: &str) -> ProgramTokens {
        ProgramTokens::from_body(&self.refresh(token).await.expect(200).json())
    }

    /// Whether this access token is taken.
    pub(crate) async fn takes(&self, access: &str) -> bool {
        let answer = self.anonymous().with_bearer(access).get("/api/auth/me").await;
        assert!(answer.status == 200 || answer.status == 401, "{} on {}", answer.status, answer.asked);
        answer.status == 200
    }
}

impl Person {
    /// Makes a task from a title alone.
    pub(crate) async fn task(&self, title: &str) -> Value {
        self.task_with(json!({"title": title})).await
    }

    /// Makes a task from these fields.
    pub(crate) async fn task_with(&self, fields: Value) -> Value {
        self.api.post("/api/me/tasks", &fields).await.expect(201).json()
    }

    /// Makes an API token with these scopes, which runs out after 90 days.
    pub(crate) async fn token(&self, scopes: &[&str]) -> Token {
        let body = json!({"name": "A program", "scopes": scopes});
        let made = self.api.post("/api/auth/tokens", &body).await.expect(201).json();
        let text = |name: &str| made[name].as_str().unwrap_or_else(|| panic!("no {name} in {made}")).to_owned();
        Token { id: text("id"), text: text("token") }
    }

    /// The titles that a query finds.
    pub(crate) async fn titles(&self, query: &str) -> Vec<String> {
        self.api.get(&format!("/api/me/tasks?{query}")).await.expect(200).titles()
    }
}

/// The address of a task.
pub(crate) fn path_of(task: &Value) -> String {
    format!("/api/me/tasks/{}", task["id"].as_str().expect("a task has an id"))
}
