use std::io::{BufRead, Write};
fn main(){
    let x=viendan::Extractor::new();
    let mut out=std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1){
        let file=std::io::BufReader::new(std::fs::File::open(&path).unwrap());
        for line in file.lines(){
            let line=line.unwrap();
            let v:serde_json::Value=serde_json::from_str(&line).unwrap();
            let mut m=viendan::Metadata::default();
            let s=|k:&str|v[k].as_str().map(str::to_owned);
            m.symbol=s("symbol"); m.doc_type=s("type"); m.issuer=s("issuer"); m.title=s("title");
            m.issued=s("issued").and_then(|d|d.parse().ok()); m.effective=s("effective").and_then(|d|d.parse().ok());
            let e=x.extract_record(v["text"].as_str().unwrap(), v["id"].as_str(), &m).unwrap();
            serde_json::to_writer(&mut out,&viendan::WireDocument::new(&e)).unwrap();
            out.write_all(b"\n").unwrap();
        }
    }
}
