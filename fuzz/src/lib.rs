//! What holds of every input, whatever it is. Each file is one target: the fuzzer looks for bytes that break its laws,
//! and `tests/fuzz_replay.rs` puts the kept inputs through the same laws with every `cargo test`.
//!
//! A law that does not hold panics; so does the library where it should not. Both are finds.
#![expect(clippy::expect_used, clippy::panic, reason = "a law that does not hold stops the run")]

pub mod archive;
pub mod extract;
pub mod fragments;
pub mod html;
pub mod normalise;
pub mod store;
pub mod table;

mod scratch;
#[expect(dead_code, reason = "the random laws need more of it")]
#[path = "../../tests/laws/shape.rs"]
mod shape;
