//! The pages of projects, tags and saved filters, and what is done there without script.

use crate::harness::{Answer, Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    projects_are_made_edited_archived_and_deleted_on_their_pages,
    a_form_that_is_refused_keeps_what_was_typed,
    a_task_that_is_added_to_a_project_is_in_it,
    a_task_is_put_into_a_project_by_its_form,
    tags_are_renamed_merged_and_deleted_on_their_pages,
    filters_are_built_saved_and_mended_on_their_pages,
    what_somebody_made_stands_beside_every_page,
];

/// Sends a form and expects to be led on; the answer is where to.
async fn send(person: &Person, path: &str, fields: &[(&str, &str)]) -> String {
    person.browser.form(path, fields).await.expect(303).location().to_owned()
}

async fn page(person: &Person, path: &str) -> String {
    person.browser.get(path).await.expect(200).text().replace("<!>", "")
}

async fn projects(person: &Person) -> Vec<Value> {
    let list = person.api.get("/api/me/projects").await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

/// Fails unless a page says all of this.
#[track_caller]
fn assert_says(page: &str, texts: &[&str]) {
    for text in texts {
        assert!(page.contains(text), "{text:?} is not in {page}");
    }
}

async fn projects_are_made_edited_archived_and_deleted_on_their_pages(app: TestApp) {
    let ada = app.sign_up("ada").await;
    assert_says(&page(&ada, "/projects").await, &["There are no projects yet", "New project"]);
    let here =
        send(&ada, "/projects", &[("do", "add_project"), ("name", "House"), ("colour", "teal"), ("parent_id", "")])
            .await;
    let house = projects(&ada).await.remove(0);
    let id = house["id"].as_str().unwrap();
    assert_eq!(here, format!("/projects/{id}"));
    ada.task_with(json!({"title": "Roof", "project_id": id})).await;
    assert_says(&page(&ada, "/projects").await, &["House", "1 open task", "colour-teal"]);
    let edit =
        [("do", "edit_project"), ("id", id), ("name", "Villa"), ("colour", ""), ("parent_id", ""), ("revision", "1")];
    assert_eq!(send(&ada, &here, &edit).await, format!("{here}?saved=1"));
    assert_says(&page(&ada, &format!("{here}?saved=1")).await, &["Villa", "Roof", "Saved"]);
    let stale = ada.browser.form(&here, &edit).await.expect(412).text();
    assert_says(&stale, &["changed elsewhere", "value=\"Villa\""]);
    let archive = [("do", "set_project_archived"), ("id", id), ("is_archived", "true")];
    assert_eq!(send(&ada, &here, &archive).await, here);
    assert_says(&page(&ada, &here).await, &["This project is archived", "Take out of the archive", "Roof"]);
    assert_says(&page(&ada, "/projects").await, &["Archived projects", "Villa"]);
    assert_eq!(send(&ada, &here, &[("do", "delete_project"), ("id", id)]).await, "/projects?gone=1");
    assert_says(&page(&ada, "/projects?gone=1").await, &["Its tasks are in the bin"]);
    assert_says(&page(&ada, "/bin").await, &["Restore: Roof"]);
    ada.browser.get(&here).await.expect(404);
    let late = [("do", "add_task"), ("title", "Chimney"), ("usual_project_id", id)];
    let gone = ada.browser.form(&here, &late).await.expect(404).text();
    assert_says(&gone, &["Page not found", "What you typed:", "<pre>Chimney</pre>"]);
}

async fn a_form_that_is_refused_keeps_what_was_typed(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let here = send(&ada, "/projects", &[("do", "add_project"), ("name", "House")]).await;
    let id = here.rsplit('/').next().unwrap();
    let long = "x".repeat(101);
    let before = app.rows().await;
    let refused = ada.browser.form("/projects", &[("do", "add_project"), ("name", &long), ("colour", "red")]).await;
    assert_says(&refused.expect(422).text(), &["A name has at most 100 characters", &long, "value=\"red\" selected"]);
    let edit = [("do", "edit_project"), ("id", id), ("name", "Kept name"), ("parent_id", id), ("revision", "1")];
    let refused = ada.browser.form(&here, &edit).await.expect(422).text();
    assert_says(
        &refused,
        &["A project cannot be a part of itself", "value=\"Kept name\"", "<details open class=\"place-edit\""],
    );
    for (action, folder) in [("delete_project", "projects"), ("delete_tag", "tags"), ("delete_filter", "filters")] {
        for id in ["nonsense", "0193a5f0-1111-7abc-8def-000000000001"] {
            ada.browser.form(&format!("/{folder}"), &[("do", action), ("id", id)]).await.expect(404);
            ada.browser.get(&format!("/{folder}/{id}")).await.expect(404);
        }
    }
    before.assert_same(&app.rows().await, "forms that were refused");
}

async fn a_task_that_is_added_to_a_project_is_in_it(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let here = send(&ada, "/projects", &[("do", "add_project"), ("name", "House")]).await;
    let other = send(&ada, "/projects", &[("do", "add_project"), ("name", "Garden")]).await;
    let [id, other] = [&here, &other].map(|path| path.rsplit('/').next().unwrap().to_owned());
    assert_says(&page(&ada, &here).await, &["name=\"usual_project_id\"", "Nothing to do here."]);
    for (title, as_typed) in [("Roof tomorrow", ""), ("As it is tomorrow", "true"), ("Roses +Garden", "")] {
        let typed = [("do", "add_task"), ("title", title), ("as_typed", as_typed), ("usual_project_id", &id)];
        let typed: Vec<_> = typed.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        assert_eq!(send(&ada, &here, &typed).await, here);
    }
    let tasks = ada.api.get("/api/me/tasks?sort=created&order=asc").await.expect(200).json()["items"].clone();
    let places: Vec<_> = (0..3).map(|number| (&tasks[number]["title"], &tasks[number]["project_id"])).collect();
    let (roof, as_typed, roses) = (json!("Roof"), json!("As it is tomorrow"), json!("Roses"));
    let (house, garden) = (json!(id), json!(other));
    assert_eq!(places, [(&roof, &house), (&as_typed, &house), (&roses, &garden)]);
    let shown = page(&ada, &here).await;
    assert_says(&shown, &["Complete Roof"]);
    assert!(!shown.contains("Complete Roses"));
}

async fn a_task_is_put_into_a_project_by_its_form(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = ada.api.post("/api/me/projects", &json!({"name": "House"})).await.expect(201).json();
    let garden = json!({"name": "Garden", "parent_id": house["id"]});
    let garden = ada.api.post("/api/me/projects", &garden).await.expect(201).json();
    let task = ada.task("Roses").await;
    let (id, project) = (task["id"].as_str().unwrap(), garden["id"].as_str().unwrap());
    let here = format!("/tasks/{id}");
    assert_says(&page(&ada, &here).await, &["House / Garden"]);
    let edit = async |more: &[(&str, &str)]| {
        let fields: Vec<_> =
            [("do", "edit_task"), ("id", id), ("title", "Roses")].iter().chain(more).copied().collect();
        ada.browser.form(&here, &fields).await
    };
    edit(&[("project_id", project)]).await.expect(303);
    assert_eq!(ada.api.get(&path_of(&task)).await.json()["project_id"], garden["id"]);
    assert_says(&page(&ada, "/tasks").await, &["House / Garden", &format!("href=\"/projects/{project}\"")]);
    let refused: Answer = edit(&[("project_id", "0193a5f0-1111-7abc-8def-000000000001")]).await.expect(422);
    assert_says(&refused.text(), &["There is no such project"]);
    edit(&[("project_id", "")]).await.expect(303);
    assert_eq!(ada.api.get(&path_of(&task)).await.json()["project_id"], Value::Null);
}

async fn tags_are_renamed_merged_and_deleted_on_their_pages(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task_with(json!({"title": "Sweep", "tags": ["home", "garden"]})).await;
    ada.task_with(json!({"title": "Elsewhere", "tags": ["work"]})).await;
    let tags = ada.api.get("/api/me/tags").await.expect(200).json()["items"].clone();
    let ids: Vec<&str> = (0..3).map(|number| tags[number]["id"].as_str().unwrap()).collect();
    let [garden, home, work] = ids[..] else { panic!("{tags}") };
    let here = format!("/tags/{home}");
    let shown = page(&ada, &here).await;
    assert_says(&shown, &["Complete Sweep", "Merge into"]);
    assert!(!shown.contains("Complete Elsewhere"));
    let edit = |name| [("do", "edit_tag"), ("id", home), ("name", name), ("colour", "pink")];
    assert_eq!(send(&ada, &here, &edit("Residence")).await, format!("{here}?saved=1"));
    assert_says(&page(&ada, &here).await, &["Residence", "colour-pink"]);
    let refused = ada.browser.form(&here, &edit("GARDEN")).await.expect(409).text();
    assert_says(&refused, &["There is a tag of this name already", "value=\"GARDEN\""]);
    let merge = [("do", "merge_tag"), ("id", home), ("into", "")];
    assert_says(&ada.browser.form(&here, &merge).await.expect(422).text(), &["Say which tag to merge into"]);
    let merge = [("do", "merge_tag"), ("id", home), ("into", garden)];
    assert_eq!(send(&ada, &here, &merge).await, format!("/tags/{garden}?saved=1"));
    let delete = [("do", "delete_tag"), ("id", work)];
    assert_eq!(send(&ada, &format!("/tags/{work}"), &delete).await, "/tags?gone=1");
    send(&ada, "/tags", &[("do", "add_tag"), ("name", "new"), ("colour", "")]).await;
    assert_says(&page(&ada, "/tags").await, &[">garden<", ">new<"]);
    assert_eq!(ada.titles("sort=title").await, ["Elsewhere", "Sweep"]);
}

async fn filters_are_built_saved_and_mended_on_their_pages(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = ada.api.post("/api/me/projects", &json!({"name": "Old House"})).await.expect(201).json();
    let house = house["id"].as_str().unwrap();
    ada.task_with(json!({"title": "Roof", "project_id": house, "priority": "high", "tags": ["home"]})).await;
    ada.task("Elsewhere").await;
    let choices = format!("/filters?build=1&status=open&due=&priority=high&tag=home&project={house}&text=");
    let built = page(&ada, &choices).await;
    assert_says(&built, &["value=\"!high #home project:&quot;Old House&quot;\"", "1 task matches:", ">Roof<"]);
    let tried = page(&ada, "/filters?query=no%20%21high").await;
    assert_says(&tried, &["value=\"no !high\"", "No task matches."]);
    let wrong = page(&ada, "/filters?query=%23home%20colour%3Ared").await;
    assert_says(&wrong, &["There is no condition", "#home <mark>colour:red</mark>"]);
    let query = "!high #home project:\"Old House\"";
    let new = [("do", "add_filter"), ("name", "Urgent"), ("query", query), ("colour", "red")];
    let here = send(&ada, "/filters", &new).await;
    let id = here.strip_prefix("/filters/").unwrap();
    let shown = page(&ada, &here).await;
    assert_says(&shown, &["Urgent", "Complete Roof", "colour-red"]);
    assert!(!shown.contains("Complete Elsewhere"));
    let edit = |query| [("do", "edit_filter"), ("id", id), ("name", "Urgent"), ("query", query), ("revision", "1")];
    let refused = ada.browser.form(&here, &edit("#home <b>:red x")).await;
    assert_eq!(refused.status, 303, "what is no condition is text");
    let refused =
        ada.browser.form("/filters", &[("do", "add_filter"), ("name", "Red"), ("query", "#home colour:red x")]);
    let refused = refused.await.expect(422).text().replace("<!>", "");
    assert_says(&refused, &["There is no condition", "#home <mark>colour:red</mark> x", "value=\"Red\""]);
    assert_eq!(send(&ada, &here, &[("do", "delete_filter"), ("id", id)]).await, "/filters?gone=1");
    assert_says(&page(&ada, "/filters?gone=1").await, &["The filter is gone", "There are no filters yet"]);
}

async fn what_somebody_made_stands_beside_every_page(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let house = ada.api.post("/api/me/projects", &json!({"name": "Ada's <House>"})).await.expect(201).json();
    let below = json!({"name": "Garden", "parent_id": house["id"]});
    ada.api.post("/api/me/projects", &below).await.expect(201);
    ada.api.post("/api/me/filters", &json!({"name": "Urgent things", "query": "!high"})).await.expect(201);
    ada.task_with(json!({"title": "Sweep", "tags": ["homely"]})).await;
    for path in ["/settings", "/tasks", "/today", "/bin"] {
        let shown = page(&ada, path).await;
        assert_says(&shown, &["Ada's &lt;House&gt;", "data-depth=\"1\"", ">Garden<", ">Urgent things<", ">homely<"]);
        let his = page(&bob, path).await;
        assert!(!his.contains("Garden") && !his.contains("homely") && !his.contains("Urgent things"), "{path}");
        assert_says(&his, &["href=\"/projects\"", "href=\"/tags\"", "href=\"/filters\""]);
    }
}
