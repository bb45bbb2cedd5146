//! The page of views: every statement of it runs, every view of the store is described, with each of its columns.

use super::{Text, build, fixtures, room, rows, views};
use std::fs;
use std::path::Path;
use viendan::{Extractor, Metadata};

#[test]
fn every_query_of_the_page_answers_and_every_view_is_described() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/store.md")).unwrap();
    let extractor = Extractor::new();
    let path = room("page").join("archive.viendan");
    let mut texts = fixtures();
    // a mention that no number says which document it means
    let words = "Trả lời Công văn số .../BTC-CST".to_owned();
    texts.push(Text { name: "open".to_owned(), words, metadata: Metadata::default() });
    build(&extractor, &path, &texts);
    let mut statements = 0;
    for block in page.split("```sql\n").skip(1) {
        let statement = block.split("```").next().unwrap().trim();
        let found = rows(&path, statement).unwrap_or_else(|error| panic!("{error}"));
        assert!(!found.is_empty(), "no row comes of\n{statement}");
        statements += 1;
    }
    assert!(statements >= 8, "{statements} statements");
    for view in views(&path) {
        let heading = format!("### `{view}`");
        let section = page.split_once(&heading).unwrap_or_else(|| panic!("no {heading}")).1;
        let section = section.split("\n##").next().unwrap();
        let schema = rows(&path, &format!("SELECT name FROM pragma_table_info('{view}')"));
        assert!(schema.is_err(), "a statement reaches the pragmas");
        let mut columns = Vec::new();
        viendan::Store::open(&path)
            .unwrap()
            .sql(
                &format!("SELECT * FROM {view} LIMIT 0"),
                std::time::Duration::from_secs(9),
                &mut |names| columns = names.iter().map(|name| (*name).to_owned()).collect(),
                &mut |_| std::ops::ControlFlow::Continue(()),
            )
            .unwrap();
        for column in columns {
            assert!(section.contains(&format!("| `{column}` |")), "{view}: column `{column}` is not described");
        }
    }
}
