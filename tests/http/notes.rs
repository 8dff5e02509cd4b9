//! Notes on the page of their task: rendered and harmless, with checkboxes that can be ticked.

use crate::harness::{TestApp, html::elements, path_of, scenarios};
use serde_json::json;

scenarios![
    notes_are_shown_as_they_are_meant_to_be_read,
    g02_markup_in_notes_is_text,
    g04_links_in_notes_lead_to_the_web_or_to_a_mailbox,
    a_checkbox_in_the_notes_is_ticked_by_its_number,
    a_checkbox_that_is_not_there_is_refused,
];

async fn notes_are_shown_as_they_are_meant_to_be_read(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Trip", "notes": "# Pack\n\n- [ ] tent\n- [x] boots\n\n**soon**"})).await;
    let page = ada.browser.get(&page_of(&task)).await.expect(200).text();
    assert!(page.contains("<h3>Pack</h3>") && page.contains("<strong>soon</strong>"), "{page}");
    let boxes: Vec<_> = elements(&page)
        .into_iter()
        .filter(|element| element.attributes.contains(&pair("class", "note-check")))
        .collect();
    assert_eq!(boxes.len(), 2);
    assert!(boxes[0].attributes.contains(&pair("aria-checked", "false")));
    assert!(boxes[1].attributes.contains(&pair("aria-checked", "true")));
}

async fn g02_markup_in_notes_is_text(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let attacks = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</form><form action=//evil.example><button name=do value=delete_account>Win</button>",
        "- [ ] \"><svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "</textarea><iframe src=//evil.example>",
    ];
    for notes in attacks {
        let task = ada.task_with(json!({"title": "Notes", "notes": notes})).await;
        let page = ada.browser.get(&page_of(&task)).await.expect(200).text();
        for element in elements(&page) {
            assert!(!["img", "iframe"].contains(&element.name.as_str()), "{notes}: {element:?}");
            let is_planted = |(name, value): &(String, String)| {
                name.starts_with("on") || value.contains("evil.example") || value.starts_with("javascript:")
            };
            // What an island is told stands in an attribute of its own, as data.
            let attributes = element.attributes.iter().filter(|(name, _)| name != "data-json" && name != "value");
            assert!(!attributes.clone().any(is_planted), "{notes}: {element:?}");
            assert!(element.name != "script" || !element.text.contains("alert(1)"), "{notes}: {element:?}");
        }
    }
}

async fn g04_links_in_notes_lead_to_the_web_or_to_a_mailbox(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let notes = "[web](https://a.example/x) <mailto:b@c.example> [script](javascript:alert(1)) [here](/settings) [data](data:text/html,x)";
    let task = ada.task_with(json!({"title": "Links", "notes": notes})).await;
    let page = ada.browser.get(&page_of(&task)).await.expect(200).text();
    let links: Vec<_> = elements(&page)
        .into_iter()
        .filter(|element| element.attributes.contains(&pair("rel", "noopener noreferrer nofollow")))
        .filter_map(|link| link.attributes.into_iter().find(|(name, _)| name == "href").map(|(_, address)| address))
        .collect();
    assert_eq!(links, ["https://a.example/x", "mailto:b@c.example"]);
}

async fn a_checkbox_in_the_notes_is_ticked_by_its_number(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Trip", "notes": "- [ ] tent\n- [x] boots"})).await;
    let (page, id) = (page_of(&task), task["id"].as_str().unwrap());
    for (number, notes) in
        [("0", "- [x] tent\n- [x] boots"), ("1", "- [x] tent\n- [ ] boots"), ("0", "- [ ] tent\n- [ ] boots")]
    {
        let fields = [("do", "tick_note"), ("id", id), ("number", number)];
        ada.browser.form(&page, &fields).await.expect_redirect(&page);
        assert_eq!(ada.api.get(&path_of(&task)).await.expect(200).json()["notes"], notes);
    }
}

async fn a_checkbox_that_is_not_there_is_refused(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let task = ada.task_with(json!({"title": "Trip", "notes": "- [ ] tent"})).await;
    let (page, id) = (page_of(&task), task["id"].as_str().unwrap());
    let before = app.rows().await;
    let (first, later) = (task["revision"].to_string(), json!({"notes": "- [ ] map\n- [ ] tent"}));
    for number in ["1", "-1", "x", "99999999999999999999"] {
        let fields = [("do", "tick_note"), ("id", id), ("number", number)];
        ada.browser.form(&page, &fields).await.expect(422);
    }
    bob.browser.form("/tasks", &[("do", "tick_note"), ("id", id), ("number", "0")]).await.expect(404);
    before.assert_same(&app.rows().await, "refused ticks");
    ada.api.patch(&path_of(&task), &later).await.expect(200);
    let fields = [("do", "tick_note"), ("id", id), ("number", "0"), ("revision", first.as_str())];
    ada.browser.form(&page, &fields).await.expect(412);
    assert_eq!(ada.api.get(&path_of(&task)).await.expect(200).json()["notes"], later["notes"], "it was another's box");
}

fn page_of(task: &serde_json::Value) -> String {
    format!("/tasks/{}", task["id"].as_str().unwrap())
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
