//! Search over the whole account: what is found, in which order, and what is marked; the same on both databases.

use crate::harness::{Kind, Person, TestApp, database, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    words_are_found_in_titles_notes_and_tags,
    case_and_accents_do_not_matter,
    signs_are_characters_like_others,
    what_fits_best_comes_first,
    what_was_found_is_marked,
    projects_and_tags_are_found_by_name,
    the_index_follows_every_change,
    nobody_finds_what_is_anothers,
    a_search_that_cannot_be_made_is_told,
    lists_are_searched_alike,
    a_common_word_is_found_among_many,
    texts_folded_by_another_version_are_folded_anew,
];

scenarios![on postgres: without_its_extension_postgres_finds_the_same];

async fn search(person: &Person, q: &str) -> Value {
    let query = serde_urlencoded::to_string([("q", q)]).unwrap();
    person.api.get(&format!("/api/me/search?{query}")).await.expect(200).json()
}

async fn found(person: &Person, q: &str) -> Vec<String> {
    let found = search(person, q).await;
    found["items"].as_array().unwrap().iter().map(|item| item["task"]["title"].as_str().unwrap().to_owned()).collect()
}

/// What a list with `q` finds, and what the search finds, which must be the same tasks.
async fn found_both_ways(person: &Person, q: &str) -> Vec<String> {
    let mut found = found(person, q).await;
    found.sort();
    let query = serde_urlencoded::to_string([("q", q)]).unwrap();
    let mut listed = person.titles(&format!("{query}&status=all&limit=500")).await;
    listed.sort();
    assert_eq!(listed, found, "{q}: lists find what the search finds");
    found
}

async fn pantry(app: &TestApp) -> Person {
    let ada = app.sign_up("ada").await;
    for task in [
        json!({"title": "Buy oat milk", "tags": ["shop"]}),
        json!({"title": "Call the plumber", "notes": "About the MILK bottle\nin the drain", "tags": ["Home Office"]}),
        json!({"title": "Milky way poster", "is_completed": true}),
        json!({"title": "Zum Bäcker in Łódź"}),
        json!({"title": "买牛奶"}),
        json!({"title": "100% of a_b \\ c* \"quoted\" it's AND (or) NEAR -x"}),
    ] {
        ada.task_with(task).await;
        app.clock.advance(1);
    }
    ada
}

async fn words_are_found_in_titles_notes_and_tags(app: TestApp) {
    let ada = pantry(&app).await;
    for (q, titles) in [
        ("milk", vec!["Buy oat milk", "Call the plumber", "Milky way poster"]),
        ("ilk", vec!["Buy oat milk", "Call the plumber", "Milky way poster"]),
        ("milk buy", vec!["Buy oat milk"]),
        ("milk shop", vec!["Buy oat milk"]),
        ("mi", vec!["Buy oat milk", "Call the plumber", "Milky way poster"]),
        ("m b", vec!["Buy oat milk", "Call the plumber"]),
        ("lk", vec![]),
        ("office plumber", vec!["Call the plumber"]),
        ("drain", vec!["Call the plumber"]),
        ("nosuchword", vec![]),
        ("milk nosuchword", vec![]),
    ] {
        assert_eq!(found_both_ways(&ada, q).await, titles, "{q}");
    }
    for nothing in ["", "   ", "\u{301}"] {
        assert!(found(&ada, nothing).await.is_empty(), "{nothing:?} finds nothing");
    }
    ada.api.get("/api/me/search").await.expect(200);
}

async fn case_and_accents_do_not_matter(app: TestApp) {
    let ada = pantry(&app).await;
    for q in ["bäcker", "BACKER", "ba\u{308}ck", "lodz", "ŁÓDŹ", "zum lo"] {
        assert_eq!(found_both_ways(&ada, q).await, ["Zum Bäcker in Łódź"], "{q}");
    }
    for q in ["牛奶", "奶", "买牛奶"] {
        assert_eq!(found_both_ways(&ada, q).await, ["买牛奶"], "{q}");
    }
}

async fn signs_are_characters_like_others(app: TestApp) {
    let ada = pantry(&app).await;
    let signs = ["100% of a_b \\ c* \"quoted\" it's AND (or) NEAR -x"];
    for q in
        ["%", "100%", "a_b", "_", "\\", "c*", "*", "\"quoted\"", "\"", "it's", "'", "(or)", "NEAR", "-x", "\"quo AND"]
    {
        assert_eq!(found_both_ways(&ada, q).await, signs, "{q}");
    }
    for q in [
        "%%",
        "a%b",
        "o_t",
        "mil*",
        "milk OR plumber",
        "title:milk",
        "NOT milk",
        "^milk",
        "{title}",
        "\"milk",
        "milk\"",
    ] {
        assert!(found_both_ways(&ada, q).await.is_empty(), "{q}");
    }
    for q in ["'; DROP TABLE tasks; --", "\u{2603}", "((((", "x\" OR \"1\"=\"1", "${1}", "?", "$1"] {
        found_both_ways(&ada, q).await;
    }
}

async fn what_fits_best_comes_first(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (title, notes) in [
        ("Report", ""),
        ("Send the report", ""),
        ("Port wine", "for the airport"),
        ("Airport shuttle", ""),
        ("Something else", "a port of call"),
        ("Another thing", "transport"),
        ("The port of call", ""),
    ] {
        ada.task_with(json!({"title": title, "notes": notes})).await;
        app.clock.advance(60);
    }
    let expected = [
        "Port wine",
        "The port of call",
        "Airport shuttle",
        "Send the report",
        "Report",
        "Something else",
        "Another thing",
    ];
    assert_eq!(found(&ada, "port").await, expected);
    let limited = ada.api.get("/api/me/search?q=port&limit=2").await.expect(200).json();
    assert_eq!((limited["items"].as_array().unwrap().len(), &limited["has_more"]), (2, &json!(true)));
    assert_eq!(search(&ada, "port").await["has_more"], false);
}

async fn what_was_found_is_marked(app: TestApp) {
    let ada = pantry(&app).await;
    let found = search(&ada, "milk").await;
    let item = |title: &str| {
        let items = found["items"].as_array().unwrap();
        items.iter().find(|item| item["task"]["title"] == title).unwrap()["highlights"].clone()
    };
    assert_eq!(item("Buy oat milk"), json!({"title": [{"start": 8, "end": 12}], "notes": [], "tags": [[]]}));
    assert_eq!(item("Call the plumber"), json!({"title": [], "notes": [{"start": 10, "end": 14}], "tags": [[]]}));
    let found = search(&ada, "backer").await;
    assert_eq!(found["items"][0]["highlights"]["title"], json!([{"start": 4, "end": 10}]));
    assert_eq!(search(&ada, "off").await["items"][0]["highlights"]["tags"], json!([[{"start": 5, "end": 8}]]));
}

async fn projects_and_tags_are_found_by_name(app: TestApp) {
    let ada = pantry(&app).await;
    let project = "0193a5f0-1111-7abc-8def-0000000000a1";
    let uuid = |id: &str| match app.ground.kind {
        Kind::Sqlite => format!("x'{}'", id.replace('-', "")),
        Kind::Postgres => format!("'{id}'"),
    };
    let sql = format!(
        "INSERT INTO projects (user_id, id, name, name_key, position, revision, created_at, updated_at) \
         VALUES ({}, {}, 'Milchstraße', '{}', 'a0', 1, 0, 0)",
        uuid(&ada.id),
        uuid(project),
        domain::search::name_key("Milchstraße"),
    );
    let database = database::connect(&app.ground.url).await;
    database::execute(&database, &sql).await;
    database.close().await.unwrap();
    let found = search(&ada, "strasse").await;
    let expected = json!([{"id": project, "name": "Milchstraße", "highlights": [{"start": 5, "end": 11}]}]);
    assert_eq!((&found["projects"], &found["tags"]), (&expected, &json!([])));
    let found = search(&ada, "office").await;
    assert_eq!(found["tags"][0]["name"], "Home Office");
    assert_eq!(found["tags"][0]["highlights"], json!([{"start": 5, "end": 11}]));
}

async fn the_index_follows_every_change(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Wash the car", "tags": ["garage"]})).await;
    let path = path_of(&task);
    assert_eq!(found_both_ways(&ada, "wash garage").await, ["Wash the car"]);
    ada.api
        .patch(&path, &json!({"title": "Sell the bike", "notes": "on Saturday", "tags": ["market"]}))
        .await
        .expect(200);
    for (q, count) in [("wash", 0), ("garage", 0), ("bike", 1), ("saturday", 1), ("market", 1)] {
        assert_eq!(found_both_ways(&ada, q).await.len(), count, "{q}");
    }
    ada.api.patch(&path, &json!({"is_completed": true})).await.expect(200);
    assert_eq!(found_both_ways(&ada, "bike").await.len(), 1, "what is done is found too");
    ada.api.delete(&path).await.expect(204);
    assert!(found_both_ways(&ada, "bike").await.is_empty(), "what is in the bin is not");
    ada.api.request("POST", &format!("{path}/restore")).send().await.expect(200);
    assert_eq!(found_both_ways(&ada, "bike").await.len(), 1);
    ada.api.json("DELETE", "/api/auth/me", &json!({"password": crate::harness::PASSWORD})).await.expect(204);
    let bob = app.sign_up("bob").await;
    bob.task("A bike of his own").await;
    assert_eq!(found_both_ways(&bob, "bike").await, ["A bike of his own"]);
}

async fn nobody_finds_what_is_anothers(app: TestApp) {
    let (ada, bob) = (pantry(&app).await, app.sign_up("bob").await);
    assert!(found_both_ways(&bob, "milk").await.is_empty());
    bob.task("Milk for Bob").await;
    ada.task("More milk").await;
    assert_eq!(found_both_ways(&bob, "milk").await, ["Milk for Bob"]);
    assert_eq!(found_both_ways(&ada, "milk").await.len(), 4);
    let tags = search(&bob, "office").await;
    assert_eq!((&tags["tags"], &tags["projects"]), (&json!([]), &json!([])));
}

async fn a_search_that_cannot_be_made_is_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (query, field) in [
        (format!("q={}", "x".repeat(201)), "q"),
        ("q=a%00b".to_owned(), "q"),
        ("q=a&limit=0".to_owned(), "limit"),
        ("q=a&limit=101".to_owned(), "limit"),
        ("q=a&sort=due".to_owned(), "sort"),
    ] {
        let answer = ada.api.get(&format!("/api/me/search?{query}")).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), [field], "{query}");
    }
    let longest = "ab ".repeat(66);
    ada.api.get(&format!("/api/me/search?q={}", longest.trim().replace(' ', "+"))).await.expect(200);
}

async fn lists_are_searched_alike(app: TestApp) {
    let ada = pantry(&app).await;
    let listed = |text: &'static str| {
        let ada = ada.clone();
        async move { ada.titles(&serde_urlencoded::to_string([("filter", text)]).unwrap()).await }
    };
    assert_eq!(listed("milk #shop").await, ["Buy oat milk"]);
    assert_eq!(listed("text:\"oat milk\"").await, ["Buy oat milk"]);
    assert!(listed("text:\"milk oat\"").await.is_empty());
    assert_eq!(listed("milk is:done").await, ["Milky way poster"]);
    assert_eq!(listed("milk -buy").await, ["Call the plumber"]);
    assert_eq!(ada.titles("q=milk&sort=title").await, ["Buy oat milk", "Call the plumber"]);
}

async fn a_common_word_is_found_among_many(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for number in 0..30 {
        ada.task_with(json!({"title": format!("Common {number}"), "notes": if number == 3 { "rare" } else { "" }}))
            .await;
    }
    assert_eq!(search(&ada, "common").await["items"].as_array().unwrap().len(), 20);
    assert_eq!(found(&ada, "common rare").await, ["Common 3"]);
    assert_eq!(ada.titles("q=common&limit=500").await.len(), 30);
}

async fn texts_folded_by_another_version_are_folded_anew(app: TestApp) {
    let ada = pantry(&app).await;
    let database = database::connect(&app.ground.url).await;
    for sql in ["UPDATE tasks SET search_text = 'folded in another way'", "DELETE FROM instance WHERE name = 'search'"]
    {
        database::execute(&database, sql).await;
    }
    database.close().await.unwrap();
    assert!(found_both_ways(&ada, "milk").await.is_empty());
    let app = app.restart(|_| ()).await;
    let ada = Person { api: app.anonymous().with_bearer(&ada.access), ..ada };
    assert_eq!(found_both_ways(&ada, "milk").await.len(), 3);
    assert_eq!(found_both_ways(&ada, "milk shop").await, ["Buy oat milk"]);
    assert!(found_both_ways(&ada, "folded").await.is_empty());
}

async fn without_its_extension_postgres_finds_the_same(app: TestApp) {
    let ada = pantry(&app).await;
    let mut before = Vec::new();
    for q in ["milk", "mi", "bäck", "%", "牛奶"] {
        before.push(found_both_ways(&ada, q).await);
    }
    let database = database::connect(&app.ground.url).await;
    database::execute(&database, "DROP EXTENSION pg_trgm CASCADE").await;
    let left = database::pairs(
        &database,
        "SELECT indexname::text AS a, '' AS b FROM pg_indexes WHERE indexname = 'tasks_by_text'",
    );
    assert!(left.await.is_empty(), "the index went with it");
    database.close().await.unwrap();
    let mut after = Vec::new();
    for q in ["milk", "mi", "bäck", "%", "牛奶"] {
        after.push(found_both_ways(&ada, q).await);
    }
    assert_eq!(after, before);
}
