//! The literate specification: every page of `fixtures/spec` and `fixtures/regressions` states rules in prose and
//! shows them in cases, and every case is read by the library here. `UPDATE=1 cargo test --test spec` writes the
//! expectations anew; `fixtures/spec/README.md` says how a page is written.

mod facts;
mod page;

use page::{Case, Page};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use viendan::{Extractor, Metadata, WireDocument};

type Failure = Box<dyn Error>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The pages of both folders, by label (`spec/lists.md`).
fn pages() -> Result<BTreeMap<String, Page>, Failure> {
    let mut pages = BTreeMap::new();
    for folder in ["spec", "regressions"] {
        for entry in fs::read_dir(fixtures().join(folder))? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if path.extension().is_some_and(|extension| extension == "md") && name != "README.md" {
                let label = format!("{folder}/{name}");
                let page = Page::read(&fs::read_to_string(&path)?).map_err(|e| format!("{label}:{e}"))?;
                pages.insert(label, page);
            }
        }
    }
    Ok(pages)
}

/// The labels of cases that are known to be read wrongly, each with its reason.
fn known_gaps() -> Result<BTreeMap<String, String>, Failure> {
    let text = fs::read_to_string(fixtures().join("known_gaps.txt"))?;
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (label, reason) =
                line.split_once(" — ").ok_or_else(|| format!("known_gaps.txt: no reason in `{line}`"))?;
            Ok((label.to_owned(), reason.to_owned()))
        })
        .collect()
}

/// What the library finds in the text of a case, one fact a line.
fn facts_of(extractor: &Extractor, case: &Case) -> Result<Vec<String>, Failure> {
    let mut metadata = Metadata::default();
    for (field, value) in &case.metadata {
        if !metadata.set(field, value) {
            return Err(format!("no such field of metadata: `{field}`").into());
        }
    }
    let found = extractor.extract_record(&case.text, None, &metadata)?;
    let wire = serde_json::to_value(WireDocument::new(&found))?;
    Ok(facts::lines(&wire, &case.text))
}

/// What is wrong with a reading; empty when it is as expected.
fn differences(case: &Case, have: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rest: Vec<&String> = have.iter().collect();
    for line in &case.expect {
        if let Some(prefix) = line.strip_prefix("no ") {
            wrong.extend(
                have.iter().filter(|fact| fact.starts_with(prefix)).map(|fact| format!("  must not be: {fact}")),
            );
        } else if let Some(place) = rest.iter().position(|fact| *fact == line) {
            rest.remove(place);
        } else {
            wrong.push(format!("  expected: {line}"));
        }
    }
    if !case.partial || !wrong.is_empty() {
        wrong.extend(rest.iter().map(|fact| format!("  {}: {fact}", if case.partial { "have" } else { "found" })));
    }
    if wrong.is_empty() && !case.partial && case.expect != have {
        wrong.push("  the facts are right, their order is not".to_owned());
    }
    wrong
}

#[test]
fn every_case_reads_as_its_page_says() -> Result<(), Failure> {
    let extractor = Extractor::new();
    let gaps = known_gaps()?;
    let update = std::env::var_os("UPDATE").is_some();
    let mut labels = BTreeSet::new();
    let mut report = String::new();
    for (label, mut page) in pages()? {
        let mut changed = false;
        for case in &mut page.cases {
            let name = format!("{label}#{}", case.name);
            let have = facts_of(&extractor, case).map_err(|e| format!("{name}: {e}"))?;
            let wrong = differences(case, &have);
            let gap = gaps.contains_key(&name);
            if gap && wrong.is_empty() {
                report.push_str(&format!("{name}: gap closed, remove it from known_gaps.txt\n"));
            } else if !gap && !wrong.is_empty() {
                if update && !case.partial {
                    case.expect = have;
                    changed = true;
                } else {
                    report.push_str(&format!("{label}:{}: {}\n{}\n", case.line, case.name, wrong.join("\n")));
                }
            }
            if !labels.insert(name.clone()) {
                report.push_str(&format!("{name}: two cases have this name\n"));
            }
        }
        if changed {
            fs::write(fixtures().join(&label), page.write())?;
        }
    }
    for gap in gaps.keys().filter(|gap| !labels.contains(*gap)) {
        report.push_str(&format!("{gap}: in known_gaps.txt, but there is no such case\n"));
    }
    assert!(report.is_empty(), "\n{report}");
    Ok(())
}

#[test]
fn pages_are_written_as_they_were_read() -> Result<(), Failure> {
    if std::env::var_os("UPDATE").is_some() {
        return Ok(());
    }
    for (label, page) in pages()? {
        let path = fixtures().join(&label);
        assert_eq!(page.write(), fs::read_to_string(path)?, "{label}");
        assert!(!page.cases.is_empty(), "{label}: a page without cases");
    }
    Ok(())
}
