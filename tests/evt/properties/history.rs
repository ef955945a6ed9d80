//! Whatever authors do, the history keeps what it held.

use std::sync::Arc;

use evt::fingerprint::Fingerprint;
use evt::plan::{Held, MatchBy, plan};
use evt::schema::{Schema, Version, read_schema};
use evt::source::SourceFile;
use proptest::prelude::*;

use super::cases;
use super::edits::{Author, Edit, edit};

/// How many edits an author makes.
const EDITS: usize = 20;

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn going_back_to_an_older_shape_is_a_new_version(mut author in Author::arbitrary()) {
        let mut schema = Schema::default();
        for contract in [0, 1, 0] {
            author.edit(&Edit::Define { name: "cow_fed".to_owned(), contract });
            schema = dump(&schema, &author, &Held::Everything);
        }
        let prints: Vec<_> = schema.events["cow_fed"].iter().map(|version| version.fingerprint).collect();
        prop_assert!(prints.len() == 1 || prints.len() == 3 && prints[0] == prints[2]);
    }

    #[test]
    fn changing_a_draft_back_removes_it(mut author in Author::arbitrary()) {
        let define = |contract| Edit::Define { name: "cow_fed".to_owned(), contract };
        author.edit(&define(0));
        let head = dump(&Schema::default(), &author, &Held::Everything);
        author.edit(&define(1));
        let draft = dump(&head, &author, &committed(&head));
        author.edit(&define(0));
        prop_assert_eq!(dump(&draft, &author, &committed(&head)), head);
    }

    #[test]
    fn versions_never_change_nor_vanish(
        mut author in Author::arbitrary(), edits in prop::collection::vec(edit(), EDITS)
    ) {
        let mut schema = Schema::default();
        for edit in &edits {
            author.edit(edit);
            let next = dump(&schema, &author, &Held::Everything);
            assert_kept(&schema, &next, edit);
            assert_follows(&next, &author, edit);
            schema = next;
        }
    }

    #[test]
    fn committed_versions_never_change_nor_vanish_while_drafts_do(
        mut author in Author::arbitrary(), edits in prop::collection::vec((edit(), any::<bool>()), EDITS)
    ) {
        let (mut schema, mut head) = (Schema::default(), Schema::default());
        for (edit, is_committed) in &edits {
            author.edit(edit);
            schema = dump(&schema, &author, &committed(&head));
            assert_kept(&head, &schema, edit);
            assert_follows(&schema, &author, edit);
            assert_one_draft(&head, &schema, edit);
            if *is_committed {
                head = schema.clone();
            }
        }
    }

    #[test]
    fn squashing_leaves_one_version_more_than_the_commit_holds(
        mut author in Author::arbitrary(),
        committed in prop::collection::vec(edit(), EDITS / 2),
        since in prop::collection::vec(edit(), EDITS / 2),
    ) {
        let mut head = Schema::default();
        for edit in &committed {
            author.edit(edit);
            head = dump(&head, &author, &Held::Everything);
        }
        let mut schema = head.clone();
        for edit in &since {
            author.edit(edit);
            schema = dump(&schema, &author, &Held::Everything);
        }
        let squashed = dump(&schema, &author, &Held::Since(Box::new(head.clone())));
        assert_kept(&head, &squashed, &since);
        assert_follows(&squashed, &author, &since);
        assert_one_draft(&head, &squashed, &since);
    }
}

fn committed(head: &Schema) -> Held {
    Held::Committed { schemas: vec![head.clone()], by: MatchBy::NumberAndContract }
}

/// What a dump makes of the schema. The one after it has nothing to do, and the file can be read again.
fn dump(schema: &Schema, author: &Author, held: &Held) -> Schema {
    let catalogue = author.catalogue();
    let next = plan(schema, &catalogue, held).apply(schema.clone());
    let again = plan(&next, &catalogue, held);
    assert!(again.steps.is_empty(), "a second dump would change {:#?}", again.steps);
    let read = read_schema(&Arc::new(SourceFile::new("events.json", next.text())));
    assert!(read.findings.is_empty(), "{:#?}", read.findings);
    assert_eq!(read.schema, next);
    next
}

/// All that `before` holds is in `after`; only the latest version's metadata may be another.
fn assert_kept(before: &Schema, after: &Schema, edit: &impl std::fmt::Debug) {
    for (name, versions) in &before.events {
        for old in versions {
            let new = after.version(name, old.number);
            let new = new.unwrap_or_else(|| panic!("{name}@{} vanished after {edit:?}", old.number));
            assert_eq!(new.fingerprint, old.fingerprint, "{edit:?}");
            assert_eq!(new.previous, old.previous, "{edit:?}");
            let accepted = &new.metadata.accepts;
            assert!(old.metadata.accepts.iter().all(|old| accepted.contains(old)), "{edit:?}");
        }
        for old in &versions[..versions.len() - 1] {
            assert_eq!(after.version(name, old.number), Some(old), "{edit:?}");
        }
    }
}

/// Versions are 1 to N in one chain, and their latest are what the definitions say.
fn assert_follows(schema: &Schema, author: &Author, edit: &impl std::fmt::Debug) {
    for (name, versions) in &schema.events {
        let mut before: Option<&Version> = None;
        for (number, version) in (1..).zip(versions) {
            assert_eq!(version.number, number, "{edit:?}");
            assert_eq!(version.fingerprint, Fingerprint::of(&version.contract), "{edit:?}");
            assert_eq!(version.previous, before.map(|before| before.fingerprint), "{edit:?}");
            assert!(before.is_none_or(|before| !before.retired && before.renamed_to.is_none()), "{edit:?}");
            assert_ne!(before.map(|before| before.fingerprint), Some(version.fingerprint), "{edit:?}");
            before = Some(version);
        }
        let latest = before.expect("an event has a version");
        let defined = author.events().get(name);
        assert_eq!(latest.retired, defined.is_none(), "{name} after {edit:?}");
        assert!(latest.renamed_to.is_none() || latest.retired, "{name} after {edit:?}");
    }
    for (name, event) in author.events() {
        let latest = schema.latest(name).expect("a defined event has a version");
        assert_eq!(latest.contract, event.contract, "{edit:?}");
        assert_eq!(latest.metadata.description, event.metadata.description, "{edit:?}");
        assert_eq!(latest.metadata.process_type, event.metadata.process_type, "{edit:?}");
        if let Some(old) = event.renamed_from.as_ref().and_then(|old| schema.latest(old)) {
            assert_eq!(old.renamed_to.as_ref(), Some(name), "{edit:?}");
        }
    }
}

/// At most one version an event is not committed.
fn assert_one_draft(head: &Schema, schema: &Schema, edit: &impl std::fmt::Debug) {
    for (name, versions) in &schema.events {
        let committed = head.events.get(name).map_or(0, Vec::len);
        assert!(
            versions.len() <= committed + 1,
            "{name} has {} versions, {committed} committed: {edit:?}",
            versions.len()
        );
    }
}
