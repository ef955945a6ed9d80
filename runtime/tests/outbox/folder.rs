use std::path::PathBuf;

/// A folder that goes when the test ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    #[expect(clippy::disallowed_methods, reason = "SQLite needs a file")]
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("evt-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// The address of an SQLite file in it.
    pub(crate) fn url(&self) -> String {
        format!("sqlite:{}", self.0.join("farm.db").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
