//! The text of a page, as a reader of the page sees it: blocks and breaks on lines of their own, cells of a row
//! apart, character references decoded. Scripts, styles, comments and the title are no text.
//!
//! White space is that of HTML: runs of it are one space, none stands at the edge of a line, and in `pre` it stays.
//! No-break spaces are letters and stay as they are. Whatever the markup, reading it ends with a text or an error.

use lol_html::html_content::{Element, TextChunk, TextType};
use lol_html::{HtmlRewriter, MemorySettings, Settings, doc_text, element, end_tag};
use std::cell::RefCell;
use std::rc::Rc;

/// Memory for open elements; a page that needs more is nested some hundred thousand deep.
const NESTING: usize = 64 << 20;

/// What a tag means for the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Its content stands on lines of its own.
    Block,
    /// A cell of a row.
    Cell,
    /// A line ends here.
    Break,
    /// A block whose white space is meant.
    Plain,
    /// Its content is not shown.
    Unseen,
    /// Its digits stand higher.
    Raised,
    Inline,
}

impl Role {
    fn of(tag: &str) -> Self {
        match tag {
            "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption" | "center" | "dd"
            | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
            | "form" | "frameset" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" | "header" | "hgroup" | "hr"
            | "html" | "legend" | "li" | "main" | "menu" | "nav" | "ol" | "optgroup" | "option" | "p" | "search"
            | "section" | "select" | "summary" | "table" | "tbody" | "textarea" | "tfoot" | "thead" | "tr" | "ul" => {
                Self::Block
            }
            "td" | "th" => Self::Cell,
            "br" => Self::Break,
            "pre" | "listing" | "plaintext" => Self::Plain,
            "title" | "template" => Self::Unseen,
            "sup" => Self::Raised,
            _ => Self::Inline,
        }
    }
}

/// What has to stand before the next letter; the greater takes the place of the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
}

/// The text so far.
#[derive(Debug)]
struct Page {
    text: String,
    gap: Gap,
    /// The text node that is being read; it may come in pieces.
    node: String,
    plain: u32,
    unseen: u32,
    raised: bool,
}

/// The text of a page. An error is a reason in words.
pub(super) fn text(page: &str) -> Result<String, String> {
    let state = Rc::new(RefCell::new(Page {
        text: String::with_capacity(page.len() / 2),
        gap: Gap::None,
        node: String::new(),
        plain: 0,
        unseen: 0,
        raised: false,
    }));
    let (of_elements, of_text) = (Rc::clone(&state), Rc::clone(&state));
    let settings = Settings::new()
        .append_element_content_handler(element!("*", move |tag: &mut Element<'_, '_>| {
            let role = Role::of(&tag.tag_name());
            of_elements.borrow_mut().start(role);
            if role != Role::Inline
                && let Some(handlers) = tag.end_tag_handlers()
            {
                let at_end = Rc::clone(&of_elements);
                handlers.push(end_tag!(move |_| {
                    at_end.borrow_mut().end(role);
                    Ok(())
                }));
            }
            Ok(())
        }))
        .append_document_content_handler(doc_text!(move |chunk: &mut TextChunk<'_>| {
            of_text.borrow_mut().chunk(chunk);
            Ok(())
        }))
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(NESTING))
        .with_strict(false);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(page.as_bytes()).and_then(|()| rewriter.end()).map_err(|_| "a page nested too deeply".to_owned())?;
    let text = std::mem::take(&mut state.borrow_mut().text);
    Ok(text)
}

impl Page {
    fn start(&mut self, role: Role) {
        match role {
            Role::Block | Role::Break => self.line(),
            Role::Plain => {
                self.line();
                self.plain += 1;
            }
            Role::Cell => {
                self.raised = false;
                self.gap = self.gap.max(Gap::Cell);
            }
            Role::Unseen => self.unseen += 1,
            Role::Raised => self.raised = true,
            Role::Inline => {}
        }
    }

    fn end(&mut self, role: Role) {
        match role {
            Role::Block | Role::Break => self.line(),
            Role::Plain => {
                self.line();
                self.plain = self.plain.saturating_sub(1);
            }
            Role::Cell => {
                self.raised = false;
                self.gap = self.gap.max(Gap::Cell);
            }
            Role::Unseen => self.unseen = self.unseen.saturating_sub(1),
            Role::Raised => self.raised = false,
            Role::Inline => {}
        }
    }

    fn line(&mut self) {
        self.raised = false;
        self.gap = Gap::Line;
    }

    fn chunk(&mut self, chunk: &TextChunk<'_>) {
        let kind = chunk.text_type();
        if self.unseen == 0
            && matches!(kind, TextType::Data | TextType::RCData | TextType::PlainText | TextType::CDataSection)
        {
            self.node.push_str(chunk.as_str());
        }
        if chunk.last_in_text_node() {
            let node = std::mem::take(&mut self.node);
            if matches!(kind, TextType::Data | TextType::RCData) {
                self.push(&htmlize::unescape(node.as_str()));
            } else {
                self.push(&node);
            }
            // its memory serves the next node
            self.node = node;
            self.node.clear();
        }
    }

    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r' | '\x0C') {
                if self.plain == 0 {
                    self.gap = self.gap.max(Gap::Space);
                    continue;
                }
                if letter == '\n' {
                    self.gap = Gap::Line;
                    continue;
                }
                if letter == '\r' {
                    continue;
                }
            }
            let gap = std::mem::replace(&mut self.gap, Gap::None);
            if !self.text.is_empty() {
                match gap {
                    Gap::None => {}
                    Gap::Space => self.text.push(' '),
                    Gap::Cell => self.text.push('\t'),
                    Gap::Line => self.text.push('\n'),
                }
            }
            self.text.push(if self.raised { self.raise(letter) } else { letter });
        }
    }

    /// The mark of a footnote after a digit stays apart from it: `Điều 5<sup>1</sup>` is not Điều 51.
    fn raise(&self, letter: char) -> char {
        let raised = |c: char| matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}');
        if !self.text.chars().next_back().is_some_and(|last| last.is_ascii_digit() || raised(last)) {
            return letter;
        }
        match letter {
            '1' => '\u{b9}',
            '2' => '\u{b2}',
            '3' => '\u{b3}',
            '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(letter) - u32::from('0')).unwrap_or(letter),
            _ => letter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[track_caller]
    fn reads(page: &str, expected: &str) {
        assert_eq!(text(page).as_deref(), Ok(expected), "{page}");
    }

    #[test]
    fn blocks_and_breaks_end_lines() {
        reads("<p>Căn cứ\n  Luật</p><p>số 1</p>", "Căn cứ Luật\nsố 1");
        reads("a<br>b<br/><br>c", "a\nb\nc");
        reads("<div>a<div>b</div>c</div>d", "a\nb\nc\nd");
        reads("<ul><li>a<li>b</ul>c", "a\nb\nc");
        reads("<h1> Điều 1. </h1>\n\n<p>x", "Điều 1.\nx");
        reads("Nghị <b>định</b><i> số</i> 1", "Nghị định số 1");
        reads("<pre>a  b\n c</pre>d", "a  b\n c\nd");
    }

    #[test]
    fn cells_stay_apart() {
        reads("<table><tr><td>NĐ-CP</td><td>Số: 12</td></tr><tr><td>a<td>b</table>", "NĐ-CP\tSố: 12\na\tb");
        reads("<table>\n<tr>\n<td> a </td>\n<td> </td>\n<td>c</td></tr></table>", "a\tc");
        reads("<td><p>a</p><p>b</p></td><td><p>c</p></td>", "a\nb\nc");
    }

    #[test]
    fn references_are_decoded() {
        reads("A &amp; B &lt;C&gt; &quot;D&quot;", "A & B <C> \"D\"");
        reads("Ngh&#7883; &#x111;&#x1ECB;nh &Acirc;&ecirc;&agrave; &ndash; &rdquo;", "Nghị định Âêà – ”");
        reads("&ldquo;a&hellip;&rdquo;&copy &notin; &CounterClockwiseContourIntegral;", "“a…”© ∉ ∳");
        reads("số&nbsp;30&#160;/", "số\u{a0}30\u{a0}/");
        reads("R&D &unknown; &#xFFFFFFFFF; &#0;", "R&D &unknown; \u{fffd} \u{fffd}");
        // a text node comes in pieces; a reference may lie on the border of two
        let long = "&#7883;".repeat(5000);
        reads(&long, &"ị".repeat(5000));
    }

    #[test]
    fn what_is_not_shown_is_no_text() {
        reads(
            "<!DOCTYPE html><head><title>Trang &amp; chủ</title><meta charset=utf-8><style>p{color:red}</style>\
             <script>var a = '<p>Luật</p>';</script></head><body><!-- <p>Luật</p> --><p>x</p>\
             <noscript>Bật JavaScript</noscript><template><p>y</p></template><!--[if mso]>z<![endif]--></body>",
            "x",
        );
        reads("<textarea>a &lt; b</textarea>", "a < b");
        reads("<svg><title>t</title><text>c</text></svg>", "c");
    }

    #[test]
    fn raised_digits_stay_apart_from_digits() {
        reads("Điều 5<sup>1</sup>, 6<sup><a>20</a></sup> m<sup>2</sup> 3", "Điều 5¹, 6²⁰ m2 3");
        reads("5<sup>4<p>12", "5⁴\n12");
    }

    #[test]
    fn broken_markup_gives_a_text() {
        reads("", "");
        reads("<p", "");
        reads("a<p b", "a");
        reads("</p></td></sup></template>a", "a");
        reads("a < b > c & d <<e", "a < b > c & d <");
        reads("<p><b>a</p>b</b>", "a\nb");
        reads("<script>never closed", "");
        reads("<select><xmp><script>\"use strict\"; a", "");
        reads("a<![CDATA[b]]>c", "ac");
        reads("<svg><![CDATA[b < &amp;]]></svg>", "b < &amp;");
        reads("a<plaintext><b>c", "a\n<b>c");
        reads("\u{feff}<p>a\0b</p>", "\u{feff}\na\0b");
    }

    #[test]
    fn deep_nesting_is_slow_for_no_page() {
        let deep = "<div>".repeat(100_000) + "x" + &"</p></b>".repeat(100_000) + &"</div>".repeat(100_000);
        reads(&deep, "x");
        assert_eq!(text(&"<b>".repeat(5_000_000)), Err("a page nested too deeply".to_owned()));
    }
}
