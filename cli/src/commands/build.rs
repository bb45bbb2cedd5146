//! `viendan build`

use crate::args::Build;
use crate::status::{Done, Stop};
use crate::{grammar, pipeline};
use std::collections::HashSet;
use std::fs::File;
use std::io::Write as _;
use std::sync::mpsc::sync_channel;
use viendan::{Error, Extractor, StoreEntry, StoreKnown, StoreStamp, StoreWriter};

/// So many texts wait for the writer at most.
const WAITING: usize = 512;

/// What became of a text.
enum Read {
    /// The store has it so.
    Same(String),
    New(Box<StoreEntry>),
}

pub(crate) fn run(args: &Build) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.reading.grammar)?;
    let mut writer = StoreWriter::open(&args.output)?;
    if let Some(texts) = args.batch {
        writer = writer.batch(usize::try_from(texts).unwrap_or(usize::MAX));
    }
    let run = whole(args, &extractor)?;
    if let Some(run) = run.filter(|_| !args.afresh)
        && let Some(texts) = writer.holds_run(run)?
        // what other runs put is taken out below
        && (!args.prune || writer.known()?.len() == texts)
    {
        return said(0, texts, 0, Done::All);
    }
    let known = if args.afresh { StoreKnown::default() } else { writer.known()? };
    let mut names = HashSet::new();
    let (mut read, mut same, mut twice) = (0_usize, 0_usize, 0_usize);
    let (sender, entries) = sync_channel::<Box<StoreEntry>>(WAITING);
    let (done, writer) = std::thread::scope(|scope| {
        let writing = scope.spawn(move || -> Result<StoreWriter, Error> {
            for entry in entries {
                writer.put(&entry)?;
            }
            writer.commit()?;
            Ok(writer)
        });
        let done = pipeline::run(
            &args.inputs,
            &args.reading,
            |record| {
                let stamp = StoreStamp::new(&extractor, &record.text, &record.metadata);
                if known.holds(&record.source, stamp) {
                    return Ok(Read::Same(record.source));
                }
                let found = extractor.extract_record(&record.text, Some(&record.source), &record.metadata)?;
                Ok(Read::New(Box::new(StoreEntry::new(&found, stamp))))
            },
            |text| {
                let name = match &text {
                    Read::Same(name) => name.as_str(),
                    Read::New(entry) => entry.source(),
                };
                if !names.insert(Box::<str>::from(name)) {
                    // which of two is meant nobody knows; the first stays, in this and in every later run
                    anstream::eprintln!("viendan: {name}: a text of this name was read before");
                    twice += 1;
                    return Ok(());
                }
                match text {
                    Read::Same(_) => same += 1,
                    Read::New(entry) => {
                        read += 1;
                        // the writer has failed and says why at its end
                        sender.send(entry).map_err(|_| Stop::ClosedPipe)?;
                    }
                }
                Ok(())
            },
        );
        drop(sender);
        let writer = writing.join().unwrap_or_else(|_| {
            Err(Error::new(viendan::ErrorKind::Store, format!("{}: the writer has failed", args.output.display())))
        });
        (done, writer)
    });
    let mut writer = writer?;
    let done = done?;
    let mut removed = 0;
    if args.prune && done == Done::All {
        removed = writer.prune(|name| names.contains(name))?;
    } else if args.prune {
        anstream::eprintln!("viendan: nothing was taken out, for some inputs failed");
    }
    let done = if twice == 0 { done } else { Done::Some };
    match run.filter(|_| done == Done::All) {
        Some(run) => writer.finish_run(run, read + same)?,
        None => writer.finish()?,
    }
    said(read, same, removed, done)
}

fn said(read: usize, same: usize, removed: usize, done: Done) -> Result<Done, Stop> {
    let texts = if read == 1 { "text" } else { "texts" };
    writeln!(std::io::stdout(), "{read} {texts} read, {same} unchanged, {removed} taken out")?;
    Ok(done)
}

/// A stamp of all inputs, where they are files that hold many texts each: these are read from the disk sooner than they are
/// unpacked and looked through. None for the standard input, folders, and files that cannot be read; what is wrong with these is
/// said when they are read as texts.
fn whole(args: &Build, extractor: &Extractor) -> Result<Option<StoreStamp>, Stop> {
    if !args.inputs.iter().all(|input| input.is_file()) {
        return Ok(None);
    }
    let settings = format!("{:?}", pipeline::reader(&args.reading)?);
    let files = args.inputs.iter().map(|input| Ok((input.display().to_string(), File::open(input)?)));
    Ok(StoreStamp::of_inputs(extractor, &settings, files).ok())
}
