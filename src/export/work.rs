//! An entry of a work list as one JSON object.

use crate::corpus::WorkItem;
use serde::{Serialize, Serializer};

/// An entry of a work list, ready to be serialised.
///
/// ```
/// use viendan::{UnknownKind, WireWork, WorkList};
/// let mut list = WorkList::new();
/// list.add(&viendan::extract("Quyết định số 12/2013/QĐ-XYZ")?);
/// let items = list.items(UnknownKind::Code);
/// let json = serde_json::to_value(WireWork::new(&items[0])).expect("plain data");
/// assert_eq!((json["list"].as_str(), json["name"].as_str()), (Some("code"), Some("XYZ")));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WireWork<'w> {
    item: &'w WorkItem,
}

impl<'w> WireWork<'w> {
    /// Of an entry.
    #[must_use]
    pub fn new(item: &'w WorkItem) -> Self {
        Self { item }
    }
}

#[derive(Serialize)]
struct OutWork<'w> {
    list: &'static str,
    name: &'w str,
    count: u32,
    documents: u32,
    example: OutExample<'w>,
}

#[derive(Serialize)]
struct OutExample<'w> {
    source: &'w str,
    span: [u32; 2],
    text: &'w str,
}

impl Serialize for WireWork<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let WorkItem { kind, name, count, documents, example } = self.item;
        OutWork {
            list: kind.code(),
            name,
            count: *count,
            documents: *documents,
            example: OutExample {
                source: &example.source,
                span: [example.span.start, example.span.end],
                text: &example.text,
            },
        }
        .serialize(serializer)
    }
}
