//! Texts that come, change and go in any order leave the store that the last of them would make alone.

use super::{Text, assert_same, build, dump, entry, graph_of, room};
use viendan::{Extractor, Metadata, Store, StoreWriter};

/// Numbers that look drawn, the same in every run.
pub(super) struct Draw(pub(super) u64);

impl Draw {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    fn one<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// A text that names few documents in many ways, so that texts agree, disagree and speak of each other.
    pub(super) fn text(&mut self, name: String) -> Text {
        let mut words = String::new();
        for _ in 0..=self.below(6) {
            let cue =
                self.one(&["Căn cứ", "Thực hiện", "Theo", "Bãi bỏ", "sửa đổi Điều 2 của", "hướng dẫn khoản 1 Điều 5"]);
            let document = self.one(&[
                "Nghị định số 30/2020/NĐ-CP",
                "Nghị định số 110/2004/NĐ-CP",
                "Quyết định số 12/QĐ-UBND",
                "Quyết định số 12/QĐ-UBND",
                "Quyết định số 12/QĐ-UBND ngày 05/3/2020",
                "Quyết định số 12/QĐ-UBND ngày 05/3/2020",
                "Quyết định số 7/2001/QĐ-BYT",
                "Luật Đất đai năm 2013",
                "Chiến lược phát triển thông tin đối ngoại giai đoạn 2011-2020",
                "Thông tư số 01/2021/TT-BNV",
                "công văn số 36/HC",
            ]);
            let date = self.one(&[
                "",
                " ngày 05/3/2020",
                " ngày 05/3/2020",
                " ngày 08/4/2004",
                " năm 2004",
                " ngày 31/02/2004",
            ]);
            let issuer = self.one(&[
                "",
                "",
                " của Chính phủ",
                " của Bộ Y tế",
                " của Ủy ban nhân dân tỉnh Quảng Ninh",
                " của Sở Xây Mơ",
            ]);
            // titles and places are evidence that an incomplete key is that of a full one
            let title = self.one(&[
                "",
                " về việc phê duyệt quy hoạch tổng thể",
                " về việc phê duyệt quy hoạch tổng thể",
                " ban hành Quy chế quản lý thuốc thiết yếu",
                " có hiệu lực từ ngày 01/7/2020",
                " có hiệu lực từ ngày 01/8/2020",
            ]);
            words.push_str(&format!("{cue} {document}{date}{issuer}{title};\n"));
        }
        words.push_str(self.one(&["", "Nghị định này có hiệu lực.\n", "Các Quyết định nêu trên.\n"]));
        let mut metadata = Metadata::default();
        if self.below(2) == 0 {
            metadata = metadata.symbol(self.one(&["01/2021/TT-BNV", "30/2020/NĐ-CP", "7/2001/QĐ-BYT"]));
        }
        if self.below(3) == 0 {
            metadata = metadata.issued(self.one(&["2020-03-05", "2020", "2001-01-07"]));
        }
        if self.below(4) == 0 {
            metadata = metadata.title("Về việc thi hành Luật Đất đai năm 2013");
        }
        Text { name, words, metadata }
    }
}

#[test]
fn any_order_of_coming_changing_and_going() {
    let extractor = Extractor::new();
    let folder = room("random");
    let mut met = [0_usize; 4];
    // more of them on demand
    let seeds = std::env::var("VIENDAN_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(10);
    for seed in 1..=seeds {
        let mut draw = Draw(0x9e37_79b9_7f4a_7c15 ^ (seed << 20));
        let path = folder.join(format!("{seed}.viendan"));
        let mut texts: Vec<Text> = Vec::new();
        for round in 0..6 {
            let mut writer = StoreWriter::open(&path).unwrap();
            for _ in 0..draw.below(14) {
                let name = format!("t{}", draw.below(20));
                let text = draw.text(name);
                writer.put(&entry(&extractor, &text)).unwrap();
                texts.retain(|known| known.name != text.name);
                texts.push(text);
                if draw.below(4) == 0 {
                    writer.commit().unwrap();
                }
            }
            if draw.below(2) == 0 {
                let gone = draw.below(3);
                let keep = |name: &str| name.len() % 3 != gone || name.ends_with('1');
                let before = texts.len();
                texts.retain(|text| keep(&text.name));
                assert_eq!(writer.prune(keep).unwrap(), before - texts.len());
            }
            // a writer that goes without its end leaves the ways back to be made later
            if draw.below(3) == 0 {
                writer.commit().unwrap();
            } else {
                writer.finish().unwrap();
            }
            let graph = graph_of(&extractor, &texts);
            for document in graph.documents() {
                met[0] += document.joined.len();
                met[1] += document.candidates.len();
                met[2] += usize::from(document.parent.is_some());
            }
            met[3] += graph.conflicts().iter().filter(|conflict| conflict.field == "parent").count();
            assert_same(&Store::open(&path).unwrap().graph().unwrap(), &graph);
            let alone = folder.join(format!("{seed}-{round}.viendan"));
            let mut shuffled = texts.clone();
            for index in 0..shuffled.len() {
                shuffled.swap(index, draw.below(index + 1));
            }
            build(&extractor, &alone, &shuffled);
            assert_eq!(dump(&path), dump(&alone), "seed {seed}, round {round}");
        }
    }
    assert!(met.iter().all(|met| *met > 5), "joined keys, candidates, parents, several parents: {met:?}");
}
