//! Reading of inputs: whatever the container, the same documents; whatever is wrong with one, the others.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it finds something wrong")]

mod archives;
mod broken;
mod make;
mod metadata;

use make::Room;
use std::ops::ControlFlow;
use std::path::PathBuf;
use viendan::{Reader, Record};

/// What a reader gives: records, and failures without the path of the room.
fn read(reader: &Reader, room: &Room, inputs: &[&str]) -> (Vec<Record>, Vec<String>) {
    let inputs: Vec<PathBuf> = inputs.iter().map(|name| room.path(name)).collect();
    let (mut records, mut failures) = (Vec::new(), Vec::new());
    let _ = reader.read(&inputs, &mut |read| {
        match read {
            Ok(mut record) => {
                record.source = room.short(&record.source);
                records.push(record);
            }
            Err(error) => failures.push(room.short(&error.to_string())),
        }
        ControlFlow::Continue(())
    });
    (records, failures)
}

/// The sources of what is read.
fn sources(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.source.as_str()).collect()
}
