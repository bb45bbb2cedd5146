//! The wire format `viendan/1`: the only room that names JSON keys.

mod wire;

pub use wire::{SCHEMA, WireDocument};
