//! Files of the built site, H02's half about assets, H09 and H10 of the attacks: the site's own files and no others.

use crate::harness::{
    TestApp, raw, scenarios,
    site::{HIDDEN, SCRIPT},
};
use std::time::Duration;

scenarios![
    files_are_served_with_their_type,
    h09_nothing_outside_the_site_is_served,
    h10_an_unknown_file_is_not_found,
    source_maps_and_dotfiles_are_not_served,
    a_known_file_is_not_sent_again,
];

async fn files_are_served_with_their_type(app: TestApp) {
    for (path, kind) in [
        ("/pkg/tickbox.js", "text/javascript"),
        ("/pkg/tickbox.0a1b2c.js", "text/javascript"),
        ("/pkg/tickbox.0a1b2c.css", "text/css"),
        ("/pkg/tickbox.0a1b2c.wasm", "application/wasm"),
        ("/favicon.svg", "image/svg+xml"),
    ] {
        let answer = app.anonymous().get(path).await.expect(200);
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
        assert!(answer.set_cookies().is_empty(), "{path}");
        assert!(!answer.header("cache-control").contains("no-store"), "{path}: {}", answer.header("cache-control"));
    }
    assert_eq!(app.anonymous().get("/pkg/tickbox.js").await.text(), SCRIPT);
}

async fn h09_nothing_outside_the_site_is_served(app: TestApp) {
    std::os::unix::fs::symlink(app.ground.folder.join("outside.txt"), app.ground.folder.join("site/pkg/.link"))
        .unwrap();
    for (target, link) in [
        ("outside.txt", "pkg/link.js"),
        ("outside.txt", "pkg/packed.js.br"),
        ("", "pkg/folder"),
        ("outside.txt", "linked.txt"),
    ] {
        std::os::unix::fs::symlink(app.ground.folder.join(target), app.ground.folder.join("site").join(link)).unwrap();
    }
    std::fs::write(app.ground.folder.join("site/pkg/packed.js"), SCRIPT).unwrap();
    // What is public is listed at the start.
    let app = app.restart(|_| ()).await;
    let targets = [
        "/pkg/link.js",
        "/pkg/packed.js",
        "/pkg/folder/outside.txt",
        "/pkg/folder/site/pkg/tickbox.js",
        "/linked.txt",
        "/pkg/../outside.txt",
        "/pkg/../../outside.txt",
        "/pkg/%2e%2e/%2e%2e/outside.txt",
        "/pkg/%2e%2e%2f%2e%2e%2foutside.txt",
        "/pkg/..%2f..%2foutside.txt",
        "/pkg/..%5c..%5coutside.txt",
        "/pkg/%252e%252e%252foutside.txt",
        "/pkg/....//....//outside.txt",
        "/pkg//etc/passwd",
        "/pkg/%2fetc%2fpasswd",
        "/pkg/tickbox.js%00.css",
        "/pkg/.%00./outside.txt",
        "/pkg/.link",
        "/pkg/.hidden",
        "/pkg/../.env",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/outside.txt",
        "/tickbox.sqlite",
        "/pkg/../../tickbox.sqlite",
        "/pkg/",
        "/pkg",
        "/pkg/snippets",
    ];
    for target in targets {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", app.address);
        let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(2)).await;
        assert!([400, 404].contains(&reply.status()), "{target}: {:.300}", reply.text);
        for secret in [HIDDEN, "root:", "SQLite format"] {
            assert!(!reply.text.contains(secret), "{target}");
        }
    }
}

async fn h10_an_unknown_file_is_not_found(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for path in ["/pkg/nowhere.js", "/pkg/nowhere.css", "/pkg/index.html", "/pkg/tickbox.js/x.css"] {
        let answer = ada.browser.get(path).await.expect(404);
        assert!(!answer.header("cache-control").contains("public"), "{path}");
        assert!(!answer.text().contains("<main"), "{path} is not a page in disguise");
    }
    for path in ["/tasks/x.css", "/tasks.js", "/dashboard/x.png", "/settings%2fx.css", "/tasks;x.css"] {
        let answer = ada.browser.get(path).await.expect(404);
        assert!(answer.header("cache-control").contains("no-store"), "{path}: {}", answer.header("cache-control"));
    }
}

async fn source_maps_and_dotfiles_are_not_served(app: TestApp) {
    for path in [
        "/pkg/tickbox.js.map",
        "/pkg/tickbox.wasm.map",
        "/pkg/.hidden",
        "/.env",
        "/hash.txt",
        "/Cargo.toml",
        "/favicon.svg.br",
    ] {
        app.anonymous().get(path).await.expect(404);
    }
}

async fn a_known_file_is_not_sent_again(app: TestApp) {
    let first = app.anonymous().get("/pkg/tickbox.js").await.expect(200);
    let modified = first.header("last-modified").to_owned();
    assert!(!modified.is_empty(), "a file says when it was changed");
    let again = app.anonymous().request("GET", "/pkg/tickbox.js").header("if-modified-since", &modified);
    assert!(again.send().await.expect(304).body.is_empty());
}
