//! A page: Markdown whose level-two headings name cases, each with a `text` block and an `expect` block.

/// A page, cut into its cases and the lines between their expectations.
pub(crate) struct Page {
    /// The cases, in order.
    pub(crate) cases: Vec<Case>,
    /// The lines before each case's expectation; the last entry follows the last expectation.
    prose: Vec<Vec<String>>,
}

/// A text and the facts it states.
#[derive(Default)]
pub(crate) struct Case {
    /// The heading.
    pub(crate) name: String,
    /// Where the text block begins, counted from 1.
    pub(crate) line: usize,
    /// The text, with escapes undone.
    pub(crate) text: String,
    /// Metadata given with it: field and value.
    pub(crate) metadata: Vec<(String, String)>,
    /// One fact a line.
    pub(crate) expect: Vec<String>,
    /// Only these facts are asserted (`expect-some`).
    pub(crate) partial: bool,
}

enum Block {
    Text { escaped: bool },
    Meta,
    Expect { partial: bool },
}

impl Page {
    /// Reads a page; the error begins with the number of the line.
    pub(crate) fn read(source: &str) -> Result<Self, String> {
        let mut page = Self { cases: Vec::new(), prose: vec![Vec::new()] };
        let mut name = String::new();
        let mut open: Option<Case> = None;
        let mut lines = source.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            if let Some(heading) = line.strip_prefix("## ") {
                page.finish(open.take());
                heading.clone_into(&mut name);
            }
            let Some(info) = line.strip_prefix("```") else {
                page.keep(line);
                continue;
            };
            let block = match info {
                "text" => Block::Text { escaped: false },
                "text escaped" => Block::Text { escaped: true },
                "meta" => Block::Meta,
                "expect" => Block::Expect { partial: false },
                "expect-some" => Block::Expect { partial: true },
                other => return Err(format!("{}: unknown block `{other}`", number + 1)),
            };
            if let Block::Text { .. } = block {
                page.finish(open.take());
                if name.is_empty() {
                    return Err(format!("{}: a text without a heading of its own", number + 1));
                }
                open = Some(Case { name: std::mem::take(&mut name), line: number + 1, ..Case::default() });
            }
            let mut body = Vec::new();
            loop {
                match lines.next() {
                    Some((_, "```")) => break,
                    Some((_, line)) => body.push(line.to_owned()),
                    None => return Err(format!("{}: a block that is never closed", number + 1)),
                }
            }
            let case = open.as_mut().ok_or_else(|| format!("{}: a block before its text", number + 1))?;
            match block {
                Block::Text { escaped } => {
                    case.text = body.join("\n");
                    if escaped {
                        case.text = unescape(&case.text).ok_or_else(|| format!("{}: wrong escape", number + 1))?;
                    }
                }
                Block::Meta => {
                    case.metadata = body
                        .iter()
                        .filter_map(|line| line.split_once(": "))
                        .map(|(field, value)| (field.to_owned(), value.to_owned()))
                        .collect();
                }
                Block::Expect { partial } => {
                    case.expect = body.into_iter().filter(|line| line != NOTHING).collect();
                    case.partial = partial;
                    page.finish(open.take());
                    continue;
                }
            }
            page.keep(line);
            for line in body {
                page.keep(&line);
            }
            page.keep("```");
        }
        page.finish(open);
        Ok(page)
    }

    /// The page as text, in the form in which it is kept.
    pub(crate) fn write(&self) -> String {
        let mut out = Vec::new();
        let mut cases = self.cases.iter();
        for prose in &self.prose {
            out.extend(prose.iter().map(String::as_str));
            if let Some(case) = cases.next() {
                out.push(if case.partial { "```expect-some" } else { "```expect" });
                if case.expect.is_empty() {
                    out.push(NOTHING);
                }
                out.extend(case.expect.iter().map(String::as_str));
                out.push("```");
            }
        }
        out.join("\n") + "\n"
    }

    fn keep(&mut self, line: &str) {
        if let Some(prose) = self.prose.last_mut() {
            prose.push(line.to_owned());
        }
    }

    /// Ends a case. One that has no expectation yet ends at its last block; what follows is prose.
    fn finish(&mut self, case: Option<Case>) {
        let Some(case) = case else { return };
        let mut after = Vec::new();
        if let Some(prose) = self.prose.last_mut() {
            let end = prose.iter().rposition(|line| line == "```").map_or(0, |end| end + 1);
            if case.expect.is_empty() && !case.partial {
                after = prose.split_off(end.min(prose.len()));
            }
        }
        self.cases.push(case);
        self.prose.push(after);
    }
}

/// The one line of an expectation that holds no fact.
const NOTHING: &str = "(nothing)";

/// Undoes `\n`, `\t`, `\\` and `\u{200b}`.
fn unescape(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut letters = after.chars();
        match letters.next()? {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            '\\' => out.push('\\'),
            'u' => {
                let (hex, tail) = letters.as_str().strip_prefix('{')?.split_once('}')?;
                out.push(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?);
                rest = tail;
                continue;
            }
            _ => return None,
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    Some(out)
}
