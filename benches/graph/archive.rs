//! A made archive of circulars, each with a header of its own and a few that it rests on, read as any text is.

use crate::made::Dice;
use viendan::{Corpus, Extractor, Metadata};

/// The symbol of a text; numbers run from year to year.
pub(crate) fn symbol(at: u32) -> String {
    format!("{}/{}/TT-BTC", at % 10_000 + 1, 2000 + at / 10_000)
}

/// Reads so many texts, each on earlier ones.
pub(crate) fn read(texts: u32) -> Corpus {
    let threads = u32::try_from(std::thread::available_parallelism().map_or(1, usize::from)).unwrap();
    let part = texts.div_ceil(threads);
    let extractor = Extractor::new();
    let parts: Vec<Corpus> = std::thread::scope(|scope| {
        let extractor = &extractor;
        let parts: Vec<_> = (0..threads)
            .map(|n| scope.spawn(move || read_part(extractor, n * part..((n + 1) * part).min(texts))))
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    let mut corpus = Corpus::new();
    for part in parts {
        corpus.append(part);
    }
    assert_eq!(corpus.len(), texts as usize);
    corpus
}

fn read_part(extractor: &Extractor, texts: std::ops::Range<u32>) -> Corpus {
    let mut corpus = Corpus::new();
    for at in texts {
        let mut dice = Dice::new(u64::from(at) + 1);
        let count = if at == 0 { 0 } else { 1 + dice.below(8) };
        let cited: Vec<String> =
            (0..count).map(|_| format!("Căn cứ Thông tư số {};\n", symbol(dice.earlier(at)))).collect();
        let text = cited.concat() + "Bộ trưởng ban hành Thông tư.\n";
        let metadata = Metadata::default().symbol(symbol(at)).doc_type("thong-tu").issuer("Bộ Tài chính");
        corpus.add(&extractor.extract_record(&text, Some(&symbol(at)), &metadata).unwrap());
    }
    corpus
}
