//! The stages of a run, in process and on one thread: where the time goes.
//!
//! A stage is a row of [`STAGES`]. It gets what the stages before it would have made, and gives
//! the time that it took alone.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use evt::check::{Catalogue, check};
use evt::definition::read_definitions;
use evt::fingerprint::Fingerprint;
use evt::schema::{LeftOut, Said, read_schema_knowing};
use evt::source::{SourceFile, read_yaml};
use granit_parser::Parser;
use walkdir::WalkDir;

use crate::Outcome;
use crate::project::Project;
use crate::series::Series;

/// A stage: its name, and a function that runs it once and gives its time.
type Stage = (&'static str, fn(&Corpus) -> Duration);

/// The stages in the order of a run. What a stage builds on is counted again: `tree` holds `YAML events`,
/// `definitions` holds `tree`, `check` holds `definitions`, and `schema file` holds `fingerprints`.
const STAGES: &[Stage] = &[
    ("walk", walk),
    ("read", read),
    ("YAML events", yaml_events),
    ("tree", tree),
    ("definitions", definitions),
    ("check", check_definitions),
    ("schema file", schema_file),
    ("fingerprints", fingerprints),
];

/// What the stages work on, in memory.
pub(crate) struct Corpus {
    definitions: PathBuf,
    paths: Vec<PathBuf>,
    texts: Vec<String>,
    files: Vec<Arc<SourceFile>>,
    schema: Arc<SourceFile>,
    catalogue: Catalogue,
}

/// Times every stage `runs` times, in turn.
pub(crate) fn measure(project: &Project, runs: usize) -> Outcome<Vec<(&'static str, Series)>> {
    let corpus = Corpus::load(project)?;
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let times =
        |(name, stage): &Stage| (*name, (0..runs).map(|_| alone.install(|| stage(&corpus))).collect());
    Ok(STAGES.iter().map(times).collect())
}

impl Corpus {
    fn load(project: &Project) -> Outcome<Self> {
        let definitions = project.definitions();
        let paths = definition_paths(&definitions);
        let texts: Vec<String> = paths.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
        let source = |(path, text): (&PathBuf, &String)| {
            Arc::new(SourceFile::new(path.to_string_lossy(), text.clone()))
        };
        let files: Vec<_> = paths.iter().zip(&texts).map(source).collect();
        let schema =
            Arc::new(SourceFile::new("schemas/events.json", fs::read_to_string(project.schema_file())?));
        let (catalogue, _) = check(files.clone(), Vec::new());
        Ok(Self { definitions, paths, texts, files, schema, catalogue })
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

fn tree(corpus: &Corpus) -> Duration {
    time(|| corpus.files.iter().map(|file| read_yaml(file).nodes.len()).sum::<usize>())
}

fn definitions(corpus: &Corpus) -> Duration {
    time(|| corpus.files.iter().map(read_definitions).collect::<Vec<_>>())
}

fn check_definitions(corpus: &Corpus) -> Duration {
    let files = corpus.files.clone();
    time(|| check(files, Vec::new()))
}

fn schema_file(corpus: &Corpus) -> Duration {
    let said_of = |name: &str| {
        let event = &corpus.catalogue.events.get(name)?.event;
        Some(Said { contract: &event.contract, metadata: &event.metadata })
    };
    time(|| read_schema_knowing(&corpus.schema, &LeftOut::new(), said_of))
}

fn fingerprints(corpus: &Corpus) -> Duration {
    let events = corpus.catalogue.events.values();
    time(|| events.map(|defined| Fingerprint::of(&defined.event.contract)).collect::<Vec<_>>())
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
