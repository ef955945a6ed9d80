//! The stages of a run, in process and on one thread: where the time goes.
//!
//! A stage is a row of [`STAGES`]. It gets what the stages before it would have made, and gives
//! the time that it took alone.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use granit_parser::Parser;
use walkdir::WalkDir;

use crate::Outcome;
use crate::project::Project;
use crate::series::Series;

/// A stage: its name, and a function that runs it once and gives its time.
type Stage = (&'static str, fn(&Corpus) -> Duration);

/// The stages in the order of a run.
const STAGES: &[Stage] = &[("walk", walk), ("read", read), ("YAML events", yaml_events)];

/// What the stages work on, in memory.
pub(crate) struct Corpus {
    definitions: PathBuf,
    paths: Vec<PathBuf>,
    texts: Vec<String>,
}

/// Times every stage `runs` times, in turn.
pub(crate) fn measure(project: &Project, runs: usize) -> Outcome<Vec<(&'static str, Series)>> {
    let corpus = Corpus::load(project)?;
    let times = |(name, stage): &Stage| (*name, (0..runs).map(|_| stage(&corpus)).collect());
    Ok(STAGES.iter().map(times).collect())
}

impl Corpus {
    fn load(project: &Project) -> Outcome<Self> {
        let definitions = project.definitions();
        let paths = definition_paths(&definitions);
        let texts = paths.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
        Ok(Self { definitions, paths, texts })
    }
}

fn walk(corpus: &Corpus) -> Duration {
    time(|| definition_paths(&corpus.definitions))
}

fn read(corpus: &Corpus) -> Duration {
    time(|| corpus.paths.iter().map(|path| fs::read(path).expect("read before")).collect::<Vec<_>>())
}

fn yaml_events(corpus: &Corpus) -> Duration {
    time(|| corpus.texts.iter().map(|text| events_in(text)).sum::<usize>())
}

fn events_in(text: &str) -> usize {
    let options = granit_parser::options! { emit_comments: false };
    let mut events = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        black_box(event.expect("the corpus is YAML"));
        events += 1;
    }
    events
}

fn definition_paths(folder: &PathBuf) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries = entries.map(|entry| entry.expect("the corpus is readable"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// The time that `work` takes; freeing what it made is not counted.
fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = black_box(work());
    let taken = start.elapsed();
    drop(made);
    taken
}
