use std::path::PathBuf;

/// A folder that goes when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    #[expect(clippy::disallowed_methods, reason = "files are what is tested")]
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("evt-transport-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
