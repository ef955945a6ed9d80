//! What to do about a database that was not reached.

use std::path::Path;

/// The way out, for the database at `place`, of which `reason` was said.
pub(super) fn help(place: &str, reason: &str) -> String {
    const ELSEWHERE: &str = "`--database`, DATABASE_URL or [database] url of evt.toml";
    let Some(file) = place.strip_prefix("sqlite:").map(Path::new) else {
        return "see that it runs, and that `evt` may connect to it".to_owned();
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shown = folder.display();
    if !folder.is_dir() {
        format!("there is no folder `{shown}`: make it, or name another file by {ELSEWHERE}")
    } else if file.is_dir() {
        format!("a folder stands there: name a file by {ELSEWHERE}")
    } else if reason.contains("not a database") {
        format!("it is no file of SQLite, and was left as it is: name another one by {ELSEWHERE}")
    } else if file.exists() {
        format!("see that `evt` may read and write the file, and the folder `{shown}`")
    } else {
        format!("`evt outbox migrate` makes the file, where it may write to the folder `{shown}`")
    }
}
