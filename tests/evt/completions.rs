//! The committed completion scripts. `EVT_BLESS=1` writes them anew.

use std::path::Path;

use crate::newcomer::evt;
use crate::project::Project;

const SCRIPTS: [(&str, &str); 5] = [
    ("bash", "evt.bash"),
    ("zsh", "_evt"),
    ("fish", "evt.fish"),
    ("powershell", "_evt.ps1"),
    ("elvish", "evt.elv"),
];

#[test]
fn the_committed_completions_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (shell, name) in SCRIPTS {
        let script = evt(&Project::empty(), &format!("completions {shell}")).exits(0).stdout;
        let path = folder.join(name);
        if std::env::var_os("EVT_BLESS").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder can be made");
            std::fs::write(&path, &script).expect("files can be written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == script, "completions/{name} is stale: run the tests with EVT_BLESS=1");
    }
}

#[test]
fn nothing_else_is_committed_with_the_completions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let entries = std::fs::read_dir(folder).expect("the folder is committed");
    for entry in entries {
        let name = entry.expect("an entry can be read").file_name();
        assert!(SCRIPTS.iter().any(|(_, known)| name == *known), "{}", name.display());
    }
}
