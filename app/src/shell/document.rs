//! The document around every page, its security policy, and the routes. All of it renders on the server; the browser
//! gets HTML, and a script only where a page has islands.

use crate::{
    components::{Header, Lists, SessionEnded, WayBack},
    forms::Outcome,
    pages::{
        ActivityPage, BinPage, DashboardPage, DataPage, DevicesPage, FilterPage, FiltersPage, ForgotPage, InboxPage,
        LandingPage, LogbookPage, NotFoundPage, PastePage, PeoplePage, ProjectPage, ProjectsPage, ResetPage,
        SearchPage, SecurityPage, ServerPage, SettingsPage, SignInCodePage, SignInPage, SignOutPage, SignUpPage,
        TagPage, TagsPage, TaskPage, TasksPage, TodayPage, TokensPage, UpcomingPage, VerifyPage,
    },
    places::provide_places,
    request,
};
use axum::http::{HeaderValue, header::CONTENT_SECURITY_POLICY, request::Parts};
use domain::{
    accounts::{Density, Theme},
    ids::TaskId,
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, Meta, MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// What browsers may prepare: pages of ours, at the moment a link is pressed, so that nothing is shown that was true
/// a minute ago.
const SPECULATION_RULES: &str = r#"{"prerender":[{"where":{"href_matches":["/dashboard","/tasks","/tasks/*","/inbox","/today","/upcoming","/projects","/projects/*","/tags/*","/filters/*","/settings"]},"eagerness":"conservative"}]}"#;

/// Leptos wakes the islands in the first moment in which the browser has nothing to do, however late that comes. On a busy
/// machine it may never come: whoever has waited for two seconds has waited enough.
const WAKE_IN_TIME: &str = "if (window.requestIdleCallback) { const idle = requestIdleCallback.bind(window); \
                            window.requestIdleCallback = (act, options) => idle(act, { timeout: 2000, ...options }) }";

/// The whole document.
pub(super) fn shell(options: LeptosOptions) -> impl IntoView {
    let settings =
        request::visitor().and_then(|visitor| visitor.session).map(|session| session.user().settings.clone());
    let theme = settings.as_ref().map_or(Theme::default(), |settings| settings.theme);
    let density = settings.as_ref().map_or(Density::default(), |settings| settings.density);
    let has_islands = use_context::<Parts>().is_some_and(|parts| has_islands(&parts));
    let nonce = use_nonce();
    set_policy(nonce.as_deref());

    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.as_str() data-density=density.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=color_scheme(theme) />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() />
                <AutoReload options=options.clone() />
                {has_islands
                    .then(|| {
                        view! {
                            <script nonce=nonce.clone()>{WAKE_IN_TIME}</script>
                            <HydrationScripts options=options.clone() islands=true />
                            <script type="speculationrules" nonce=nonce>
                                {SPECULATION_RULES}
                            </script>
                        }
                    })}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The routes, and what stands around every page.
#[component]
pub(super) fn App() -> impl IntoView {
    provide_meta_context();
    provide_places();

    view! {
        <Title formatter=document_title />
        <Meta name="description" content="A task manager that you run yourself. Your tasks are yours alone." />
        <a class="skip-link" href="#content">
            "Skip to content"
        </a>
        <Header />
        <Lists />
        <SessionEnded />
        <main id="content" tabindex="-1">
            <WayBack />
            <Router>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=LandingPage ssr=SsrMode::Async />
                    <Route path=path!("/signup") view=SignUpPage ssr=SsrMode::Async />
                    <Route path=path!("/signin") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/signin/code") view=SignInCodePage ssr=SsrMode::Async />
                    <Route path=path!("/forgot") view=ForgotPage ssr=SsrMode::Async />
                    <Route path=path!("/reset") view=ResetPage ssr=SsrMode::Async />
                    <Route path=path!("/verify") view=VerifyPage ssr=SsrMode::Async />
                    <Route path=path!("/signout") view=SignOutPage ssr=SsrMode::Async />
                    <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async />
                    <Route path=path!("/tasks") view=TasksPage ssr=SsrMode::Async />
                    <Route path=path!("/tasks/paste") view=PastePage ssr=SsrMode::Async />
                    <Route path=path!("/tasks/:id") view=TaskPage ssr=SsrMode::Async />
                    <Route path=path!("/inbox") view=InboxPage ssr=SsrMode::Async />
                    <Route path=path!("/today") view=TodayPage ssr=SsrMode::Async />
                    <Route path=path!("/upcoming") view=UpcomingPage ssr=SsrMode::Async />
                    <Route path=path!("/logbook") view=LogbookPage ssr=SsrMode::Async />
                    <Route path=path!("/bin") view=BinPage ssr=SsrMode::Async />
                    <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async />
                    <Route path=path!("/projects") view=ProjectsPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:id") view=ProjectPage ssr=SsrMode::Async />
                    <Route path=path!("/tags") view=TagsPage ssr=SsrMode::Async />
                    <Route path=path!("/tags/:id") view=TagPage ssr=SsrMode::Async />
                    <Route path=path!("/filters") view=FiltersPage ssr=SsrMode::Async />
                    <Route path=path!("/filters/:id") view=FilterPage ssr=SsrMode::Async />
                    <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/security") view=SecurityPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/devices") view=DevicesPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/tokens") view=TokensPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/activity") view=ActivityPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/data") view=DataPage ssr=SsrMode::Async />
                    <Route path=path!("/admin") view=ServerPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/users") view=PeoplePage ssr=SsrMode::Async />
                </FlatRoutes>
            </Router>
        </main>
    }
}

/// Whether a page has parts that react in the browser; all others are sent without any script.
fn has_islands(parts: &Parts) -> bool {
    let path = parts.uri.path();
    // What is shown only once comes with a button that copies it.
    let shows_a_secret = parts.extensions.get::<Outcome>().is_some_and(|outcome| outcome.action != "preview_lines");
    // While a filter is typed its page tells what it finds.
    let is_list = || ["/inbox", "/today", "/upcoming", "/logbook", "/search", "/filters"].contains(&path);
    // A project, a tag and a filter are lists of tasks too.
    let is_task = || {
        let folders = ["/tasks/", "/projects/", "/tags/", "/filters/"];
        let ids = folders.iter().filter_map(|folder| path.strip_prefix(folder));
        ids.map(str::parse::<TaskId>).any(|id| id.is_ok())
    };
    ["/signup", "/signin", "/reset", "/dashboard", "/tasks", "/settings", "/settings/security"].contains(&path)
        || is_list()
        || is_task()
        || shows_a_secret
}

const fn color_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// Says what the document may load and run: our own files, and the inline scripts that carry this answer's nonce.
/// WASM needs a word of its own; `cargo leptos watch` talks to the page over a web socket.
fn set_policy(nonce: Option<&str>) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let watch = if std::env::var_os("LEPTOS_WATCH").is_some() { " ws:" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'{watch}; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         object-src 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// The title of the document. leptos_meta writes it as it is, so what people wrote is made harmless here.
fn document_title(page: String) -> String {
    let page = page.replace('&', "&amp;").replace('<', "&lt;");
    if page.is_empty() { "Tickbox".to_owned() } else { format!("{page} · Tickbox") }
}
