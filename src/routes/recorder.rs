//! The one place where routes are registered. axum cannot list its routes, so the recorder keeps the list itself, and
//! takes none without the rule of who may use it: a route that nobody thought about cannot exist.

use crate::{
    middleware::{body, deadline, guard, keep, query, session},
    site::Site,
};
use axum::{
    Router,
    handler::Handler,
    http::Method,
    middleware::{from_fn, from_fn_with_state},
    routing::{MethodFilter, MethodRouter, any, on},
};
use domain::accounts::Scope;
use std::{convert::Infallible, sync::Arc};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Open,
    /// A page for guests: whoever is signed in is sent on.
    SignedOut,
    /// Whoever is signed in: a page sends others to sign in, everything else answers 401. No API token will do.
    Session,
    /// Whoever is signed in, or a program with an API token of this scope.
    Account(Scope),
    /// The same, naming the own account in the path; 401 and 403 for others.
    Owner(Scope),
    /// Whoever runs the server, signed in; for everybody else who is there is nothing here.
    Admin,
}

impl Access {
    /// Whether it takes somebody who is known.
    pub const fn is_guarded(self) -> bool {
        !matches!(self, Self::Open | Self::SignedOut)
    }

    /// The scope with which an API token is let in; none where no token is.
    pub const fn scope(self) -> Option<Scope> {
        match self {
            Self::Account(scope) | Self::Owner(scope) => Some(scope),
            Self::Open | Self::SignedOut | Self::Session | Self::Admin => None,
        }
    }
}

/// A route that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The method; GET answers HEAD too.
    pub method: Method,
    /// The path, with `{parameters}`.
    pub path: String,
    /// Who may use it.
    pub access: Access,
    /// What it reads.
    pub accepts: body::Accepts,
}

/// What is decided about a route before its handler runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    access: Access,
    accepts: body::Accepts,
    identity: Option<session::Identity>,
    is_page: bool,
}

impl Rule {
    /// A route for these people, which reads no body.
    pub(crate) const fn new(access: Access) -> Self {
        Self { access, accepts: body::Accepts::Nothing, identity: Some(session::Identity::Known), is_page: false }
    }

    /// A page for these people.
    pub(crate) const fn page(access: Access) -> Self {
        Self { is_page: true, ..Self::new(access) }
    }

    /// A file or a sign of life: the same for everybody, so nobody asks who it is.
    pub(crate) const fn anonymous() -> Self {
        Self { identity: None, ..Self::new(Access::Open) }
    }

    /// The same, but the handler looks at the tokens itself.
    pub(crate) const fn judging_tokens(self) -> Self {
        Self { identity: Some(session::Identity::Unasked), ..self }
    }

    /// The same, but the body is read as this.
    pub(crate) const fn reading(self, accepts: body::Accepts) -> Self {
        Self { accepts, ..self }
    }
}

/// Collects routes.
pub(crate) struct Recorder {
    site: Arc<Site>,
    router: Router<Arc<Site>>,
    routes: Vec<Recorded>,
}

impl Recorder {
    pub(crate) fn new(site: &Arc<Site>) -> Self {
        Self { site: Arc::clone(site), router: Router::new(), routes: Vec::new() }
    }

    pub(crate) fn get<T: 'static>(self, path: &str, rule: Rule, handler: impl Handler<T, Arc<Site>>) -> Self {
        self.add(Method::GET, MethodFilter::GET, path, rule, handler)
    }

    pub(crate) fn post<T: 'static>(self, path: &str, rule: Rule, handler: impl Handler<T, Arc<Site>>) -> Self {
        self.add(Method::POST, MethodFilter::POST, path, rule, handler)
    }

    pub(crate) fn put<T: 'static>(self, path: &str, rule: Rule, handler: impl Handler<T, Arc<Site>>) -> Self {
        self.add(Method::PUT, MethodFilter::PUT, path, rule, handler)
    }

    pub(crate) fn patch<T: 'static>(self, path: &str, rule: Rule, handler: impl Handler<T, Arc<Site>>) -> Self {
        self.add(Method::PATCH, MethodFilter::PATCH, path, rule, handler)
    }

    pub(crate) fn delete<T: 'static>(self, path: &str, rule: Rule, handler: impl Handler<T, Arc<Site>>) -> Self {
        self.add(Method::DELETE, MethodFilter::DELETE, path, rule, handler)
    }

    /// What was registered so far.
    pub(crate) fn routes(&self) -> &[Recorded] {
        &self.routes
    }

    #[expect(clippy::disallowed_methods, reason = "this is the place where the access rule is asked for")]
    fn add<T: 'static>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &str,
        rule: Rule,
        handler: impl Handler<T, Arc<Site>>,
    ) -> Self {
        let route = self.guarded(rule, on(filter, handler));
        self.router = self.router.route(path, route);
        self.routes.push(Recorded { method, path: path.to_owned(), access: rule.access, accepts: rule.accepts });
        self
    }

    /// Puts the layers around a handler, the innermost first.
    fn guarded(&self, rule: Rule, handler: MethodRouter<Arc<Site>>) -> MethodRouter<Arc<Site>, Infallible> {
        let guarded = handler
            .layer(from_fn_with_state(Arc::clone(&self.site), deadline::limit))
            .layer(from_fn_with_state(rule.accepts, body::read))
            .layer(from_fn_with_state(rule.is_page, query::check))
            .layer(from_fn_with_state(guard::Guard { access: rule.access, is_page: rule.is_page }, guard::admit));
        let guarded = match rule.identity {
            Some(identity) => guarded.layer(from_fn_with_state((Arc::clone(&self.site), identity), session::identify)),
            None => guarded,
        };
        if rule.is_page { guarded.layer(from_fn(keep::fields)) } else { guarded }
    }

    /// Ends the collecting: `lost` answers paths that lead nowhere, `wrong_method` known paths asked in another way.
    pub(crate) fn finish<T: 'static, U: 'static>(
        self,
        lost: impl Handler<T, Arc<Site>>,
        wrong_method: impl Handler<U, Arc<Site>>,
    ) -> (Router<Arc<Site>>, Vec<Recorded>) {
        let lost = self.guarded(Rule::new(Access::Open), any(lost));
        (self.router.fallback(lost).method_not_allowed_fallback(wrong_method), self.routes)
    }
}
