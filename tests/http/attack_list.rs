//! Keeps two lists true: `docs/attacks.md`, where every attack has a test or a reason, and the table of SECURITY.md,
//! whose tests exist. Both are read as text, and so are the tests.

use domain::accounts::Event;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A row of `docs/attacks.md`.
struct Row {
    id: String,
    reason: String,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Every file below a folder whose name ends like this.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut waiting) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => waiting.push(path),
                false if path.to_str().unwrap().ends_with(ending) => found.push(path),
                false => (),
            }
        }
    }
    found
}

fn rows() -> Vec<Row> {
    let list = text("docs/attacks.md");
    let rows = list.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix('|')?.split(" |").map(str::trim).collect();
        let [id, what, reason, ..] = cells[..] else { panic!("three cells: {line}") };
        assert!(!what.is_empty(), "{line}");
        is_id(id).then(|| Row { id: id.to_owned(), reason: reason.to_owned() })
    });
    rows.collect()
}

fn is_id(text: &str) -> bool {
    let [area, tens, ones] = text.as_bytes() else { return false };
    matches!(area.to_ascii_lowercase(), b'a'..=b'i') && tens.is_ascii_digit() && ones.is_ascii_digit()
}

/// The ids at the beginning of a test's name: `a06_and_a07_…`, `E06 E09 …`.
fn ids(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(['_', ' ']).filter(|word| *word != "and");
    words.take_while(|word| is_id(word)).map(str::to_uppercase)
}

/// The functions of a file.
fn functions(source: &str) -> impl Iterator<Item = &str> {
    source.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next())
}

/// The tests over HTTP that run on both databases.
fn on_both_databases() -> Vec<String> {
    let mut names = Vec::new();
    for file in files("tests/http", ".rs") {
        let source = text(file);
        for list in source.split("scenarios![").skip(1) {
            let list = list.split(']').next().unwrap();
            if !list.starts_with("on ") {
                names.extend(list.split(',').map(|name| name.trim().to_owned()));
            }
        }
    }
    names
}

/// Every test there is, by its function's name or its title.
fn every_test() -> Vec<String> {
    let folders = ["tests", "src", "app/src", "backend/src", "domain/src", "migration/src"];
    let sources = folders.iter().flat_map(|folder| files(folder, ".rs")).map(text);
    let mut names: Vec<String> =
        sources.flat_map(|source| functions(&source).map(str::to_owned).collect::<Vec<_>>()).collect();
    for spec in files("end2end/tests", ".spec.ts") {
        let source = text(spec);
        for quote in ['\'', '`'] {
            let begun = format!("test({quote}");
            let titles = source.split(begun.as_str()).skip(1).filter_map(|rest| rest.split(quote).next());
            names.extend(titles.map(str::to_owned));
        }
    }
    names
}

fn covered(names: &[String]) -> BTreeSet<String> {
    names.iter().flat_map(|name| ids(name)).collect()
}

#[test]
fn every_attack_has_a_test_or_a_reason() {
    let (everywhere, anywhere) = (covered(&on_both_databases()), covered(&every_test()));
    let rows = rows();
    assert!(rows.len() >= 150, "{}", rows.len());
    for Row { id, reason } in &rows {
        assert!(everywhere.contains(id) || !reason.is_empty(), "{id} needs a test on both databases, or a reason");
        let is_left_out = ["not applicable:", "not yet:"].iter().any(|start| reason.starts_with(start));
        let is_timed = reason.contains("statistical run");
        assert!(anywhere.contains(id) || is_left_out || is_timed, "{id} has no test at all");
    }
    let known: BTreeSet<String> = rows.into_iter().map(|row| row.id).collect();
    let unknown: Vec<_> = anywhere.difference(&known).collect();
    assert!(unknown.is_empty(), "docs/attacks.md lacks {unknown:?}");
}

#[test]
fn i08_every_event_of_the_security_log_is_seen_in_a_scenario() {
    let scenarios: String = files("tests/http", ".rs").iter().map(text).collect();
    for event in Event::ALL {
        let name = format!("\"{}\"", event.as_str());
        assert!(scenarios.contains(&name), "no scenario reads {name} in a log");
    }
}

/// The requirements of ASVS 5.0 of the levels 1 and 2, but for the chapters 10 and 17, which are one line each.
const REQUIREMENTS: usize = 217;

#[test]
fn every_line_about_the_asvs_names_what_there_is() {
    let security = text("SECURITY.md");
    let (_, table) = security.split_once("## ASVS 5.0").unwrap();
    let (tests, ids): (BTreeSet<String>, BTreeSet<String>) =
        (every_test().into_iter().collect(), rows().into_iter().map(|row| row.id).collect());
    let mut requirements = BTreeSet::new();
    for line in table.lines().filter(|line| line.starts_with("| ") && line.contains('.')) {
        let (numbers, shown_by) = line.trim_start_matches("| ").split_once(" | ").unwrap();
        requirements.extend(numbers.split(", ").filter(|number| !number.contains(" to ")));
        for name in shown_by.split('`').skip(1).step_by(2) {
            let is_test = name.contains('_')
                && name.chars().all(|c| c.is_ascii_alphanumeric() && !c.is_ascii_uppercase() || c == '_');
            assert!(!is_test || tests.contains(name), "SECURITY.md names a test that there is not: {name}");
            assert!(!is_id(name) || ids.contains(name), "SECURITY.md names an attack that there is not: {name}");
        }
    }
    assert_eq!(requirements.len(), REQUIREMENTS);
}
