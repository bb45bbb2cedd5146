//! An answer as a graph for Graphviz.

use crate::graph::CitationGraph;
use crate::query::Answer;
use petgraph::graph::{EdgeIndex, NodeIndex};
use std::collections::BTreeSet;
use std::fmt;

/// The documents of an answer and the paths to them, in the language of Graphviz: one node for each document, one
/// edge for each relation, from source to target. Nodes are named by their keys; the document asked about has two
/// borders. Nodes and edges are sorted; equal answers are equal texts.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Dot, Extractor, Query};
/// let mut corpus = Corpus::new();
/// corpus.add(&Extractor::new().extract("Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP")?);
/// let graph = CitationGraph::from(&corpus);
/// let answer = Query::to(graph.find("60/2012/NĐ-CP").one()?).run(&graph);
/// let edge = "\"vn:thong-tu:12/2013:btc\" -> \"vn:nghi-dinh:60/2012:cp\" [label=\"guides\"";
/// assert!(Dot::new(&graph, &answer).to_string().contains(edge));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dot<'a, 'g> {
    graph: &'g CitationGraph,
    answer: &'a Answer<'g>,
}

impl<'a, 'g> Dot<'a, 'g> {
    /// Of an answer.
    #[must_use]
    pub fn new(graph: &'g CitationGraph, answer: &'a Answer<'g>) -> Self {
        Self { graph, answer }
    }
}

/// A text between quotation marks: marks, strokes and line ends escaped.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for letter in self.0.chars() {
            match letter {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                letter if letter.is_control() => f.write_str(" ")?,
                letter => write!(f, "{letter}")?,
            }
        }
        f.write_str("\"")
    }
}

impl fmt::Display for Dot<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut edges: BTreeSet<EdgeIndex> = BTreeSet::new();
        let mut nodes: BTreeSet<NodeIndex> = BTreeSet::from([self.answer.start()]);
        for hit in self.answer.hits() {
            nodes.insert(hit.node);
            edges.extend(self.answer.path(*hit));
        }
        let ends = |edge: EdgeIndex| self.graph.petgraph().edge_endpoints(edge);
        nodes.extend(edges.iter().filter_map(|edge| ends(*edge)).flat_map(|(source, target)| [source, target]));
        writeln!(f, "digraph viendan {{\n  rankdir=BT;\n  node [shape=box];")?;
        for node in nodes {
            let Some(document) = self.graph.document(node) else { continue };
            let date = document.date.map(|date| format!("\n{date}")).unwrap_or_default();
            let borders = if node == self.answer.start() { ", peripheries=2" } else { "" };
            let label = format!("{}{date}", document.label());
            writeln!(f, "  {} [label={}{borders}];", Quoted(document.key.as_str()), Quoted(&label))?;
        }
        let key = |node| self.graph.document(node).map_or("", |document| document.key.as_str());
        for edge in edges {
            let Some((source, target)) = ends(edge) else { continue };
            let Some(weight) = self.graph.petgraph().edge_weight(edge) else { continue };
            let words = self.answer.evidence(edge).next().map_or("", |fact| &fact.evidence.words);
            writeln!(
                f,
                "  {} -> {} [label={}, tooltip={}];",
                Quoted(key(source)),
                Quoted(key(target)),
                Quoted(weight.kind.code()),
                Quoted(words)
            )?;
        }
        f.write_str("}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::Quoted;

    #[test]
    fn what_would_end_a_text_is_escaped() {
        assert_eq!(Quoted("a \"b\"\\ c\nd\te").to_string(), "\"a \\\"b\\\"\\\\ c\\nd e\"");
    }
}
