//! Every row of every table of the grammar, through the whole extractor: its example must give that row.

mod acts;
mod bodies;
mod cues;
mod documents;
mod rows;
mod words;
