//! Git keeps the setting of a merge driver in each clone, not in the repository: a new clone lacks it.

use std::path::Path;

use super::workspace::Workspace;
use crate::disk;
use crate::git::Repository;
use crate::output::Verbosity;

impl Workspace<'_> {
    /// Says that this clone lacks the merge driver that `.gitattributes` asks for. Git is only run where its own
    /// configuration file does not show that it is there.
    pub(super) fn hint_at_merge_driver(&self) {
        let output = &self.edge.output;
        if output.verbosity > Verbosity::Quiet && self.lacks_merge_driver() {
            output.note("git does not know the merge driver yet: run `evt init` in this clone to set it up");
        }
    }

    fn lacks_merge_driver(&self) -> bool {
        let Some(root) = disk::canonical(&self.root) else { return false };
        let mut is_wanted = false;
        for folder in root.ancestors() {
            is_wanted = is_wanted || names(&folder.join(".gitattributes"), "merge=evt");
            let git = folder.join(".git");
            if disk::exists(&git) {
                return is_wanted && !names(&git.join("config"), "[merge \"evt\"]") && !self.is_set();
            }
        }
        false
    }

    /// Whether any of git's configuration files sets the driver. Where git cannot be asked, nothing is said.
    fn is_set(&self) -> bool {
        match Repository::discover(&self.root) {
            Ok(Some(repository)) => !matches!(repository.setting("merge.evt.driver"), Ok(None)),
            Ok(None) | Err(_) => true,
        }
    }
}

/// Whether a line of a file that is no comment has a text.
fn names(path: &Path, text: &str) -> bool {
    let file = disk::read_file(path, "").ok().flatten();
    file.is_some_and(|file| file.text.lines().any(|line| !line.starts_with('#') && line.contains(text)))
}
