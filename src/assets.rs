//! Scripts, styles and pictures: what `cargo leptos build` has written into the site's folder. What carries a hash in
//! its name never changes, so browsers may keep it for ever; what is packed already is sent packed.

use crate::{
    problem::{Answer, Refusal},
    routes::{Recorder, Rule},
    site::Site,
};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Uri, header},
    response::IntoResponse,
};
use domain::Error;
use std::{fs, path::Path, sync::Arc};
use tower::ServiceExt;
use tower_http::services::ServeDir;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

/// Built files are found when they are asked for, since `cargo leptos watch` builds new ones; files of `public/`, which
/// lie among the pages, are listed at the start.
pub(crate) fn record(recorder: Recorder, site: &Site) -> Recorder {
    let built = format!("/{}/{{*file}}", site.leptos.site_pkg_dir);
    public_files(&site.root(), &site.leptos.site_pkg_dir)
        .iter()
        .fold(recorder, |recorder, path| recorder.get(path, Rule::anonymous(), public_file))
        .get(&built, Rule::anonymous(), built_file)
}

async fn built_file(State(site): State<Arc<Site>>, request: Request) -> Answer {
    let is_hashed = site.leptos.hash_files && has_hash(request.uri());
    send(&site, request, if is_hashed { FOR_EVER } else { ASK_EACH_TIME }).await
}

async fn public_file(State(site): State<Arc<Site>>, request: Request) -> Answer {
    send(&site, request, FOR_AN_HOUR).await
}

async fn send(site: &Site, request: Request, cache: HeaderValue) -> Answer {
    // The names of our files need no escapes; whoever sends one hides a dot behind it.
    let path = request.uri().path();
    if path.contains('%') || path.split('/').any(|segment| segment.starts_with('.')) {
        return Err(Refusal(Error::NotFound));
    }
    if !lies_inside(&site.root(), path) {
        return Err(Refusal(Error::NotFound));
    }
    let files =
        ServeDir::new(site.root()).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let Ok(answer) = files.oneshot(request).await;
    // Whatever else the folder has to say (a missing file, a folder, a name with odd characters) is "not there".
    if answer.status().is_client_error() || answer.status().is_redirection() && !is_unchanged(&answer) {
        return Err(Refusal(Error::NotFound));
    }
    let mut answer = answer.into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, cache);
    answer.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    Ok(answer)
}

/// Whether a file, and what is packed of it, lies in the site's folder itself and not behind a link that leads out of it.
fn lies_inside(root: &Path, path: &str) -> bool {
    let Ok(root) = fs::canonicalize(root) else { return false };
    let file = root.join(path.trim_start_matches('/'));
    ["", ".br", ".gz"].iter().all(|ending| {
        let mut name = file.clone().into_os_string();
        name.push(ending);
        // What is not there leads nowhere.
        fs::canonicalize(name).map_or(true, |real| real.starts_with(&root))
    })
}

fn is_unchanged<B>(answer: &axum::http::Response<B>) -> bool {
    answer.status() == axum::http::StatusCode::NOT_MODIFIED
}

/// `tickbox.Qk3x.js` has a hash in its name, `tickbox.js` has none.
fn has_hash(uri: &Uri) -> bool {
    uri.path().rsplit('/').next().is_some_and(|name| name.split('.').count() >= 3)
}

/// The addresses of the files in the site's folder, but for those that are built.
fn public_files(root: &Path, built: &str) -> Vec<String> {
    let mut folders = vec![root.to_owned()];
    let mut addresses = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()).filter(|path| *path != root.join(built)) {
            if path.is_dir() { folders.push(path) } else { addresses.extend(address(root, &path)) }
        }
    }
    addresses.sort();
    addresses
}

fn address(root: &Path, path: &Path) -> Option<String> {
    let name = path.strip_prefix(root).ok()?.to_str()?;
    let is_packed = [".br", ".gz"].iter().any(|ending| name.ends_with(ending));
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte));
    let is_hidden = name.split('/').any(|segment| segment.starts_with('.'));
    (is_plain && !is_packed && !is_hidden && name.contains('.')).then(|| format!("/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_files_have_plain_addresses() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("pkg")).unwrap();
        fs::create_dir_all(root.path().join("pictures")).unwrap();
        for name in
            ["favicon.svg", "favicon.svg.br", ".env", "pkg/tickbox.js", "pictures/shot.png", "odd name.txt", "tasks"]
        {
            fs::write(root.path().join(name), "").unwrap();
        }
        assert_eq!(public_files(root.path(), "pkg"), ["/favicon.svg", "/pictures/shot.png"]);
        assert!(public_files(&root.path().join("missing"), "pkg").is_empty());
    }

    #[test]
    fn a_hash_is_the_middle_of_a_name() {
        assert!(has_hash(&Uri::from_static("/pkg/tickbox.Qk3x.js")));
        assert!(!has_hash(&Uri::from_static("/pkg/tickbox.js")));
    }
}
