//! What every request may need: the backend, the cookies' style, who is trusted, where the built site lies.

use crate::{
    metrics::Metrics,
    origin::Origin,
    settings::{Network, Settings},
};
use app::cookies::CookieStyle;
use backend::Backend;
use leptos::{
    config::{Env, LeptosOptions, get_configuration},
    context::provide_context,
};
use std::{path::PathBuf, sync::Arc};

/// The parts of a running server that requests share.
pub(crate) struct Site {
    pub(crate) backend: Backend,
    pub(crate) cookies: CookieStyle,
    /// Whether browsers reach it over https.
    pub(crate) is_secure: bool,
    /// Whether every host below ours is reached over https too.
    pub(crate) has_secure_subdomains: bool,
    /// The name of the host that browsers reach it by.
    pub(crate) host: String,
    /// The origins whose pages may change something.
    pub(crate) origins: Vec<String>,
    /// The proxies whose word about addresses is believed.
    pub(crate) proxies: Vec<Network>,
    pub(crate) leptos: LeptosOptions,
    /// The path of the style sheet, for pages that must not need the renderer.
    pub(crate) stylesheet: String,
    pub(crate) metrics: Arc<Metrics>,
}

impl Site {
    pub(crate) fn new(settings: &Settings, origin: &Origin, backend: Backend) -> Self {
        let leptos = leptos_options(settings);
        let stylesheet = stylesheet(&leptos);
        Self {
            backend,
            cookies: CookieStyle::for_base_url(&origin.to_string()),
            is_secure: origin.is_secure(),
            has_secure_subdomains: settings.has_secure_subdomains,
            host: origin.host().to_owned(),
            origins: origin.aliases(),
            proxies: settings.trusted_proxies.clone(),
            leptos,
            stylesheet,
            metrics: Arc::new(Metrics::new()),
        }
    }

    /// The folder of scripts, styles and pictures.
    pub(crate) fn root(&self) -> PathBuf {
        PathBuf::from(&*self.leptos.site_root)
    }

    /// What pages and server functions find in their context.
    pub(crate) fn context(self: &Arc<Self>) -> impl Fn() + Clone + Send + Sync + 'static {
        let site = Arc::clone(self);
        move || {
            provide_context(site.backend.clone());
            provide_context(site.cookies);
            provide_context(site.leptos.clone());
        }
    }
}

/// `cargo leptos watch` says in the environment how it has built the site; a release is known by the list of hashes
/// beside the program.
fn leptos_options(settings: &Settings) -> LeptosOptions {
    let watched = std::env::var_os("LEPTOS_OUTPUT_NAME").and_then(|_| get_configuration(None).ok());
    let mut options = watched.map_or_else(
        || {
            let mut options = LeptosOptions::builder().output_name("tickbox").env(Env::PROD).build();
            options.hash_files = hash_file(&options).is_some_and(|path| path.is_file());
            options
        },
        |file| file.leptos_options,
    );
    options.site_root = settings.site_root().display().to_string().into();
    options
}

fn hash_file(options: &LeptosOptions) -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.join(&*options.hash_file))
}

fn stylesheet(options: &LeptosOptions) -> String {
    let hash = || {
        let text = std::fs::read_to_string(hash_file(options).filter(|_| options.hash_files)?).ok()?;
        text.lines().find_map(|line| line.trim().strip_prefix("css:").map(|hash| format!(".{}", hash.trim())))
    };
    format!("/{}/{}{}.css", options.site_pkg_dir, options.output_name, hash().unwrap_or_default())
}
