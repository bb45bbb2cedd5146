//! One file for each command.

pub(crate) mod build;
pub(crate) mod explain;
pub(crate) mod extract;
pub(crate) mod query;
pub(crate) mod sql;
pub(crate) mod worklist;
