//! One file for each command.

pub(crate) mod build;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod extract;
pub(crate) mod find;
pub(crate) mod man;
pub(crate) mod query;
pub(crate) mod show;
pub(crate) mod sql;
pub(crate) mod stats;
pub(crate) mod worklist;
