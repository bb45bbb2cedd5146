//! A program that embeds viendan: it turns a text into HTML in which every citation is a link to the document meant.
//!
//! ```sh
//! cargo run --example links -- fixtures/docs/cong-van-3955-tchq/input.txt > page.html
//! ```
//!
//! An [`Extractor`] is made once and used for all texts, also from several threads: it holds the tables.

use std::io::Write as _;
use std::process::ExitCode;
use viendan::{Error, Extractor, Target};

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("links: name a text file");
        return ExitCode::from(2);
    };
    let extractor = Extractor::new();
    let done = std::fs::read_to_string(&path)
        .map_err(|error| error.to_string())
        .and_then(|text| linked(&extractor, &text).map_err(|error| error.to_string()))
        .and_then(|page| std::io::stdout().write_all(page.as_bytes()).map_err(|error| error.to_string()));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("links: {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// The text as HTML. A mention that means one document is a link. It is only marked when it may mean several or none, or
/// when its key lacks a necessary part: such a key means nothing outside of this text.
fn linked(extractor: &Extractor, text: &str) -> Result<String, Error> {
    let found = extractor.extract(text)?;
    let mut html = String::new();
    let mut done = 0;
    for citation in &found.citations {
        let core = citation.core;
        // a work named inside another mention comes after it: the longer one is the link
        if core.start < done || citation.target == Target::Own {
            continue;
        }
        let words = escaped(found.words(core));
        html.push_str(&escaped(text.get(done as usize..core.start as usize).unwrap_or_default()));
        html.push_str(&match found.target(citation).filter(|document| document.key.is_complete()) {
            Some(document) => format!("<a href=\"/documents?key={}\">{words}</a>", in_a_link(document.key.as_str())),
            None => format!("<mark>{words}</mark>"),
        });
        done = core.end;
    }
    html.push_str(&escaped(text.get(done as usize..).unwrap_or_default()));
    Ok(html)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A key as the value of a parameter: what has a meaning in an address, and what is not ASCII, byte by byte.
fn in_a_link(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/@".contains(&byte);
    key.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::linked;
    use viendan::Extractor;

    #[test]
    fn citations_become_links_and_the_rest_stays() {
        let text = "Căn cứ \"Luật\" & Nghị định số 30/2020/NĐ-CP; Nghị định số 34/2016/NĐ-CP và 34/2020/NĐ-CP.\n\
                    Thực hiện Nghị định 34; Chỉ thị số 21/CT-TTg.";
        let page = linked(&Extractor::new(), text).unwrap();
        assert_eq!(
            page,
            "Căn cứ &quot;Luật&quot; &amp; \
             <a href=\"/documents?key=vn:nghi-dinh:30/2020:cp\">Nghị định số 30/2020/NĐ-CP</a>; \
             <a href=\"/documents?key=vn:nghi-dinh:34/2016:cp\">Nghị định số 34/2016/NĐ-CP</a> và \
             <a href=\"/documents?key=vn:nghi-dinh:34/2020:cp\">34/2020/NĐ-CP</a>.\n\
             Thực hiện <mark>Nghị định 34</mark>; <mark>Chỉ thị số 21/CT-TTg</mark>."
        );
    }
}
